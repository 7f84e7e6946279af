package io.xiaoer.bot.faq;

import io.xiaoer.common.text.PlainText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;

/// A shop's FAQ as it was at one revision, indexed by plain form. Never changes.
public final class FaqCopy {

    static final FaqCopy EMPTY = new FaqCopy(0, List.of());

    private final long revision;
    private final Map<String, FaqEntry> byId = new HashMap<>();
    private final Map<String, List<Wording>> byPlainForm = new HashMap<>();

    /// A copy of these entries.
    public FaqCopy(long revision, List<FaqEntry> entries) {
        this.revision = revision;
        for (FaqEntry entry : entries) {
            byId.put(entry.id(), entry);
            add(new Wording(entry, FaqCandidate.Field.QUESTION, entry.question()));
            entry.similar().forEach(text -> add(new Wording(entry, FaqCandidate.Field.SIMILAR, text)));
        }
    }

    private void add(Wording wording) {
        byPlainForm
                .computeIfAbsent(PlainText.of(wording.text()), plain -> new ArrayList<>(1))
                .add(wording);
    }

    /// The revision that it was taken at; another number is another FAQ.
    public long revision() {
        return revision;
    }

    /// How many entries there are.
    public int size() {
        return byId.size();
    }

    /// All entries.
    public Iterable<FaqEntry> entries() {
        return byId.values();
    }

    /// An entry by its id, null if there is none.
    public @Nullable FaqEntry entry(String id) {
        return byId.get(id);
    }

    /// The ways of asking that equal a text in plain form.
    List<Wording> alike(String text) {
        return byPlainForm.getOrDefault(PlainText.of(text), List.of());
    }

    /// Lets the first candidate of each entry through.
    static Gatherer<FaqCandidate, ?, FaqCandidate> firstOfEachEntry() {
        return Gatherer.ofSequential(
                HashSet<String>::new,
                (seen, candidate, downstream) -> !seen.add(candidate.entry().id()) || downstream.push(candidate));
    }

    /// One way of asking.
    record Wording(FaqEntry entry, FaqCandidate.Field field, String text) {}
}
