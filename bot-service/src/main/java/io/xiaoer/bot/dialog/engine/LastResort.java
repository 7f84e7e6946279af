package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.faq.FaqCandidate;
import io.xiaoer.bot.understand.Meaning;
import io.xiaoer.common.message.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a message may mean that nothing understood, for a [Judge] to choose from: a value of what is asked, another
/// flow, an entry of the FAQ. At a confirm only the last: neither a yes nor a no is ever chosen, nor a way past one.
final class LastResort {

    private static final int MOST_FLOWS = 3;
    private static final int MOST_ENTRIES = 5;

    private final Around around;
    private final Machine machine;
    private final Question question;
    private final boolean faq;

    /// @param faq whether the FAQ may answer
    LastResort(Around around, Machine machine, Question question, boolean faq) {
        this.around = around;
        this.machine = machine;
        this.question = question;
        this.faq = faq;
    }

    /// What was meant.
    sealed interface Meant {

        /// A value for what was asked.
        record Value(Object value) implements Meant {}

        /// Another flow.
        record Flow(String name) implements Meant {}

        /// An entry of the FAQ.
        record Entry(Reply reply) implements Meant {}
    }

    /// Something that may be meant, and what it stands for.
    private record Possible(String id, String words, Meant meant) {}

    /// What the judge takes for meant, null if that is nothing.
    @Nullable
    Meant chosen(Deadline deadline) {
        if (around.judge() == Judge.NOBODY || machine.top().asking) {
            return null;
        }
        var possible = possible(around.senses().near(question, deadline));
        if (possible.isEmpty()) {
            return null;
        }
        String id = around.judge()
                .choose(
                        question,
                        Engine.isConfirm(machine.top()) ? machine.about() : machine.prompts.asked(),
                        possible.stream()
                                .map(each -> new Judge.Candidate(each.id(), each.words()))
                                .toList(),
                        deadline);
        return possible.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .map(Possible::meant)
                .orElse(null);
    }

    private List<Possible> possible(Meaning near) {
        var possible = new ArrayList<Possible>();
        if (!Engine.isConfirm(machine.top())) {
            addValues(possible);
            near.flows().stream()
                    .limit(MOST_FLOWS)
                    .forEach(flow -> possible.add(
                            new Possible("flow:" + flow.flow(), flow.label(), new Meant.Flow(flow.flow()))));
        }
        if (faq) {
            near.entries().stream()
                    .limit(MOST_ENTRIES)
                    .forEach(entry -> possible.add(new Possible(
                            "faq:" + entry.entry().id(), entry.entry().question(), new Meant.Entry(reply(entry)))));
        }
        return possible;
    }

    private void addValues(List<Possible> possible) {
        var top = machine.top();
        Slot awaited = top.awaited();
        if (awaited != null && top.here().does() instanceof Action.Choose choose) {
            List<Map<String, Object>> items = machine.prompts.items(choose, top);
            for (int i = 0; i < items.size(); i++) {
                possible.add(new Possible(
                        "item:" + Items.id(items, i), Items.label(items.get(i)), new Meant.Value(items.get(i))));
            }
        } else if (awaited != null && awaited.kind() == Slot.Kind.ENUM) {
            awaited.values()
                    .forEach((value, words) -> possible.add(
                            new Possible("value:" + value, String.join(", ", words), new Meant.Value(value))));
        }
    }

    private static Reply reply(FaqCandidate entry) {
        return Reply.of(
                new Content.Text(entry.entry().answer()),
                Source.FAQ,
                entry.score(),
                entry.entry().id());
    }
}
