package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.slots.Addresses;
import io.xiaoer.bot.slots.InsteadWords;
import io.xiaoer.bot.slots.ItemWords;
import io.xiaoer.bot.slots.OrderNumbers;
import io.xiaoer.bot.slots.Receiver;
import org.jspecify.annotations.Nullable;

/// Fills the slots of a flow that begins with what is known already.
final class Filling {

    private final Around around;
    private final Machine machine;
    private final Question question;

    Filling(Around around, Machine machine) {
        this(around, machine, machine.question);
    }

    /// @param question whose words fill, as far as they are about the flow
    Filling(Around around, Machine machine, Question question) {
        this.around = around;
        this.machine = machine;
        this.question = question;
    }

    /// The order or the article that words name, null if they name none.
    static @Nullable String named(String text) {
        String number = OrderNumbers.in(text);
        return number == null ? ItemWords.in(text) : number;
    }

    /// Begins a flow and fills what its slots may come from.
    ///
    /// @param order a number that came with the wish, null for none
    void begin(Flow flow, @Nullable String order) {
        var running = machine.begin(flow);
        running.told = words();
        for (Slot slot : flow.slots().values()) {
            Object value = value(slot, order);
            if (value != null) {
                running.values.put(slot.name(), value);
            } else {
                missed(slot);
            }
        }
    }

    /// Takes what the wish for a flow that rested says of it: a value for what is open, another for what was told.
    void heardAgain(Running running) {
        running.told = words();
        for (Slot slot : running.flow.slots().values()) {
            Object said = inWords(slot);
            Object before = running.values.get(slot.name());
            if (said == null) {
                missed(slot);
            } else if (before == null) {
                running.values.put(slot.name(), said);
            } else if (!Corrections.same(before, said)) {
                running.correct(slot.name(), said);
            }
        }
    }

    /// Takes who receives what goes to an address, as far as the words that it is told in name them.
    static void takeReceiver(Running running, String text) {
        var receiver = Receiver.in(text);
        for (Slot slot : running.flow.slots().values()) {
            if (slot.kind() == Slot.Kind.PHONE && receiver.phone() != null) {
                running.values.put(slot.name(), receiver.phone());
            }
            if (slot.from().contains(Slot.Origin.RECIPIENT_WORDS) && receiver.name() != null) {
                running.values.put(slot.name(), receiver.name());
            }
        }
    }

    /// What the question says in words, null if it is a button.
    private @Nullable String words() {
        return question.payload() == null ? question.text() : null;
    }

    /// Says so if the words named an order that the shopper does not have.
    private void missed(Slot slot) {
        boolean words = question.payload() == null && slot.from().contains(Slot.Origin.MESSAGE);
        String number = words && slot.kind() == Slot.Kind.ORDER
                ? OrderNumbers.in(Addresses.replaced(question.text(), " "))
                : null;
        if (number != null) {
            machine.speech.say(around.wording().say(machine.language, "order.not_found", number));
        }
    }

    private @Nullable Object value(Slot slot, @Nullable String order) {
        if (order != null && slot.kind() == Slot.Kind.ORDER && slot.from().contains(Slot.Origin.PAYLOAD)) {
            return machine.calling.order(order);
        }
        Object heard = inWords(slot);
        if (heard != null) {
            return heard;
        }
        boolean words = question.payload() == null && !question.text().isBlank();
        if (words && slot.kind() == Slot.Kind.ORDER && slot.from().contains(Slot.Origin.MESSAGE)) {
            String shown = Pointing.at(question);
            Object pointedAt = shown == null ? null : machine.calling.order(shown);
            if (pointedAt != null) {
                return pointedAt;
            }
        }
        if (words && slot.from().contains(Slot.Origin.ITEM_WORDS)) {
            return around.hearing().itemWords(question.text(), machine.language);
        }
        if (words && slot.from().contains(Slot.Origin.ADDRESS_WORDS)) {
            return Rewording.of(question.text()).address();
        }
        if (words && slot.from().contains(Slot.Origin.RECIPIENT_WORDS)) {
            return Receiver.in(question.text()).name();
        }
        if (words && slot.from().contains(Slot.Origin.INSTEAD_WORDS)) {
            return InsteadWords.in(question.text());
        }
        String about = question.orderId();
        return about != null && slot.from().contains(Slot.Origin.CONTEXT_ORDER) ? machine.calling.order(about) : null;
    }

    /// The value of a slot in the words of the question, null if it may not come from there or is not said.
    private @Nullable Object inWords(Slot slot) {
        boolean words = question.payload() == null && !question.text().isBlank();
        return words && slot.from().contains(Slot.Origin.MESSAGE)
                ? lookedUp(
                        slot,
                        around.hearing()
                                .told(
                                        slot,
                                        question.text(),
                                        machine.language,
                                        around.clock().instant()))
                : null;
    }

    /// The value of a slot in a text, an order looked up; null if it is not said or there is no such order.
    @Nullable
    Object heard(Slot slot, String text) {
        return lookedUp(
                slot,
                around.hearing()
                        .value(slot, text, machine.language, around.clock().instant()));
    }

    private @Nullable Object lookedUp(Slot slot, @Nullable Object value) {
        return slot.kind() == Slot.Kind.ORDER && value instanceof String number ? machine.calling.order(number) : value;
    }
}
