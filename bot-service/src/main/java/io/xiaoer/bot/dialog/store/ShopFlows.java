package io.xiaoer.bot.dialog.store;

import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.text.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A shop's flows at one revision, those that are built in beneath its own. Never changes.
final class ShopFlows {

    private final long revision;
    private final BuiltInFlows builtIn;
    private final Map<String, FlowHead> heads;
    private final Map<String, Map<Integer, Flow>> versions;
    private final Map<String, Flow> current = new TreeMap<>();
    private final Map<String, String> starts = new HashMap<>();

    /// @param versions what could be loaded of each flow
    ShopFlows(
            long revision,
            BuiltInFlows builtIn,
            Map<String, FlowHead> heads,
            Map<String, Map<Integer, Flow>> versions) {
        this.revision = revision;
        this.builtIn = builtIn;
        this.heads = heads;
        this.versions = versions;
        builtIn.all().forEach((name, flow) -> current.put(name, flow.flow()));
        heads.forEach((name, head) -> {
            Flow flow = version(name, head.version());
            if (flow != null) {
                current.put(name, flow);
            }
        });
        current.values()
                .forEach(flow -> flow.examples()
                        .values()
                        .forEach(examples ->
                                examples.forEach(example -> starts.putIfAbsent(PlainText.of(example), flow.name()))));
    }

    /// The revision that it was taken at.
    long revision() {
        return revision;
    }

    /// The flows that talk to most, by name.
    Map<String, Flow> current() {
        return Collections.unmodifiableMap(current);
    }

    /// The flow that talks to a user, null if there is none of that name.
    @Nullable
    Flow current(UserKey user, String name) {
        FlowHead head = heads.get(name);
        Flow chosen = head == null ? null : version(name, head.versionFor(tail(user.id())));
        return chosen == null ? current.get(name) : chosen;
    }

    /// The flows that talk under a name: one, and another while that is tried.
    List<Flow> talking(String name) {
        FlowHead head = heads.get(name);
        return Stream.of(current.get(name), head == null ? null : version(name, head.canary()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /// A version, null if it is not kept.
    @Nullable
    Flow version(String name, int version) {
        Flow own = versions.getOrDefault(name, Map.of()).get(version);
        if (own != null) {
            return own;
        }
        var flow = builtIn.get(name);
        return flow != null
                        && (version == FlowHead.BUILT_IN
                                || version == flow.flow().version())
                ? flow.flow()
                : null;
    }

    /// The flow that has an example of this plain form, null if none has.
    @Nullable
    String startedBy(String plain) {
        return starts.get(plain);
    }

    /// The examples in a language, by flow.
    Map<String, List<String>> examples(Language language) {
        var examples = new TreeMap<String, List<String>>();
        current.forEach((name, flow) -> {
            var texts = flow.examples().getOrDefault(language, List.of());
            if (!texts.isEmpty()) {
                examples.put(name, texts);
            }
        });
        return examples;
    }

    /// The tail of a user: the last digit of the id, else a checksum of it.
    static int tail(String id) {
        char last = id.charAt(id.length() - 1);
        if (last >= '0' && last <= '9') {
            return last - '0';
        }
        var crc = new CRC32();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % 10);
    }
}
