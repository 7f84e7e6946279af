package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.expression.Type;
import io.xiaoer.bot.dialog.function.Catalogue;
import io.xiaoer.bot.dialog.yaml.Faults;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import io.xiaoer.bot.dialog.yaml.Part;
import io.xiaoer.bot.dialog.yaml.YamlFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes a flow of a YAML file, or tells all that is wrong with it.
public final class FlowLoader {

    /// The names that a flow may have.
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private static final int MAX_VERSION = 1_000_000;
    private static final int MAX_TITLE = 60;
    private static final int EDITION_BYTES = 8;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Set<String> KEYS = Set.of("flow", "version", "title", "start", "slots", "steps", "on");
    private static final Set<String> OCCASIONS = Set.of("resume", "cancel", "silence");

    private final Catalogue catalogue;

    public FlowLoader(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// The functions that flows may call.
    public Catalogue catalogue() {
        return catalogue;
    }

    /// Loads a flow.
    ///
    /// @param file its name, for the faults
    /// @throws InvalidFile with all that is wrong with it
    public Flow load(String file, String text) throws InvalidFile {
        var faults = new Faults(file);
        var root = YamlFile.read(file, text, faults);
        var fields = root.fields(KEYS);
        var names = new Names();
        Part declared = fields.get("slots");
        var slots = SlotReader.slots(declared);
        slots.values().forEach(slot -> {
            if (!names.declare(slot.name(), type(slot)) && declared != null) {
                declared.fault("the name `" + slot.name() + "` is taken", "give the slot another name");
            }
        });
        String name = name(root, fields.get("flow"));
        var drafts = new DraftReader();
        Part steps = required(root, fields, "steps");
        var read = steps == null ? List.<Draft>of() : drafts.read(steps);
        if (read.isEmpty()) {
            (steps == null ? root : steps).fault("the flow has no steps", "add at least one");
        }
        var reader = new StepReader(name, catalogue, slots, names, drafts.ids());
        reader.declare(read);
        reader.read(read, Flow.NOWHERE);
        var words = new Words(names);
        Part version = required(root, fields, "version");
        var flow = new Flow(
                name,
                version == null ? 1 : version.number(1, MAX_VERSION),
                edition(text),
                title(root, fields.get("title"), words),
                Examples.read(fields.get("start")),
                slots,
                reader.steps(),
                resume(fields.get("on"), drafts.ids()),
                cancelled(fields.get("on"), words),
                silence(fields.get("on"), words));
        FlowGraph.check(flow, faults);
        faults.check();
        return flow;
    }

    private static String edition(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, EDITION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Part required(Part root, Map<String, Part> fields, String key) {
        Part part = fields.get(key);
        if (part == null) {
            root.fault("`" + key + "` is missing", "add " + key + ":");
        }
        return part;
    }

    private static String name(Part root, @Nullable Part part) {
        if (part == null) {
            root.fault("`flow` is missing", "add flow: and a name");
            return "flow";
        }
        String name = part.text();
        if (!NAME.matcher(name).matches()) {
            part.fault("`" + name + "` cannot be a flow's name", "use 1 to 64 of a-z 0-9 _, a letter first");
        }
        return name;
    }

    private static Phrase title(Part root, @Nullable Part part, Words words) {
        var phrase = words.phrase(part, root);
        if (part != null && part.isMap()) {
            part.fields().forEach((language, text) -> {
                if (text.isScalar() && text.text().length() > MAX_TITLE) {
                    text.fault("the title is too long", "use at most " + MAX_TITLE + " characters");
                }
            });
        }
        return phrase;
    }

    private Type type(Slot slot) {
        return switch (slot.kind()) {
            case TEXT, PHONE -> Type.Plain.STRING;
            case NUMBER -> Type.Plain.NUMBER;
            case ENUM -> new Type.Choice(List.copyOf(slot.values().keySet()));
            case YESNO -> Type.Plain.BOOLEAN;
            case RANGE -> Type.Plain.RANGE;
            case ORDER -> catalogue.order();
            case ITEM -> Type.Plain.ANY;
        };
    }

    private static @Nullable Part occasion(@Nullable Part on, String key) {
        return on == null ? null : on.fields(OCCASIONS).get(key);
    }

    private static @Nullable Integer resume(@Nullable Part on, Map<String, Integer> ids) {
        Part part = occasion(on, "resume");
        if (part == null) {
            return null;
        }
        Integer index = part.text().equals(StepReader.START) ? Integer.valueOf(0) : ids.get(part.text());
        if (index == null) {
            part.fault("there is no step `" + part.text() + "`", "name a step that has this id, or START");
        }
        return index;
    }

    private static @Nullable Phrase cancelled(@Nullable Part on, Words words) {
        Part part = occasion(on, "cancel");
        return part == null ? null : words.phrase(part.fields(Set.of("say")).get("say"), part);
    }

    private static Flow.@Nullable Silence silence(@Nullable Part on, Words words) {
        Part part = occasion(on, "silence");
        if (part == null) {
            return null;
        }
        var fields = part.fields(Set.of("after", "say", "end_after"));
        Part after = fields.get("after");
        Part end = fields.get("end_after");
        if (after == null || end == null) {
            part.fault("silence needs both of its times", "add after: 120s and end_after: 600s");
            return null;
        }
        var silence =
                new Flow.Silence(after.duration(LONGEST), words.phrase(fields.get("say"), part), end.duration(LONGEST));
        if (silence.after().compareTo(silence.endAfter()) >= 0) {
            end.fault("the flow ends before it asks", "make end_after longer than after");
        }
        return silence;
    }
}
