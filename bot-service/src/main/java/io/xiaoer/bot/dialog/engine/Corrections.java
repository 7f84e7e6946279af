package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.slots.OrderNumbers;
import io.xiaoer.bot.slots.Phones;
import io.xiaoer.bot.slots.YesNo;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hears another value for what the flow that talks was told already. With a cue (不是, 改成, actually) the first slot
/// that one is said for is corrected. Without a cue only another order is, and at a confirm what fits one slot alone;
/// words that a shopper was asked to write are corrected there as well, if they are of the same shape or plainly said
/// to be the new ones, and so is a phone's number. Whatever is corrected at a confirm is confirmed again.
final class Corrections {

    /// What is waited for where figures need not be an order's number.
    static final Set<Slot.Kind> FIGURES = EnumSet.of(Slot.Kind.TEXT, Slot.Kind.NUMBER, Slot.Kind.PHONE);

    /// What is wanted besides (手机号也要改) takes the place of nothing.
    private static final Pattern ALSO =
            Pattern.compile("也[要得改换一]|还[要得有]|顺便|另外|\\b(also|too|as well)\\b", Pattern.CASE_INSENSITIVE);

    /// What may name an article where one is told instead of another: behind 不对，是 or a no.
    private static final Pattern ARTICLE_ZH =
            Pattern.compile("[\\p{IsHan}a-zA-Z]{0,6}\\p{IsHan}[\\p{IsHan}a-zA-Z]{0,6}");

    private static final Pattern ARTICLE_EN =
            Pattern.compile("(?:the|my) [a-z-]{3,20}(?: [a-z-]{3,20})?", Pattern.CASE_INSENSITIVE);

    private final Running top;
    private final Filling filling;
    private final String text;
    private final Rewording rewording;
    private final boolean confirm;
    private final BooleanSupplier aboutThis;

    /// @param aboutThis whether the text wants no other flow than the one that talks
    Corrections(Running top, Filling filling, String text, BooleanSupplier aboutThis) {
        this.top = top;
        this.filling = filling;
        this.text = text;
        this.rewording = Rewording.of(text);
        this.confirm = Engine.isConfirm(top);
        this.aboutThis = aboutThis;
    }

    /// Another value for a slot.
    record Correction(String slot, Object value) {}

    /// What is corrected by its cue, by another order's number, or at a confirm by another address or phone; null if
    /// nothing is.
    @Nullable
    Correction said() {
        var written = confirm ? written() : List.<Correction>of();
        if (written.size() == 1 && rewording.shape() != Rewording.Shape.ANY) {
            return written.getFirst();
        }
        var phone = first(values(this::namesAnotherPhone));
        if (phone != null) {
            return phone;
        }
        if (!Commands.corrects(text)) {
            return first(values(this::namesAnother));
        }
        var value = first(values(slot -> true));
        return value == null && written.size() == 1 ? written.getFirst() : value;
    }

    /// The value of another slot that a text is which was to be any words: asked for the new address,
    /// 手机号 says that the phone is to be changed instead. Null if it is none.
    @Nullable
    Correction instead() {
        Slot awaited = top.awaited();
        if (awaited == null || awaited.kind() != Slot.Kind.TEXT) {
            return null;
        }
        return first(values(slot -> slot.kind() == Slot.Kind.ENUM && slot.isWord(text)));
    }

    /// What a text at a confirm corrects that was neither a yes nor a no: the one slot that it fits; null if it fits
    /// none, or several. A date or a figure is no correction by itself: 好的，我明天寄回去.
    @Nullable
    Correction fitting() {
        if (!confirm || ALSO.matcher(text).find() || Rewording.isQuestion(text) || !aboutThis.getAsBoolean()) {
            return null;
        }
        var fits = values(slot -> slot.kind() == Slot.Kind.ENUM || slot.kind() == Slot.Kind.ORDER);
        fits.addAll(written());
        return fits.size() == 1 ? fits.getFirst() : null;
    }

    private static @Nullable Correction first(List<Correction> found) {
        return found.isEmpty() ? null : found.getFirst();
    }

    /// The words that a shopper was asked for and has now written anew.
    private List<Correction> written() {
        var found = new ArrayList<Correction>();
        for (Slot slot : top.flow.slots().values()) {
            if (slot.kind() == Slot.Kind.TEXT
                    && top.values.get(slot.name()) instanceof String before
                    && isAskedFor(slot)) {
                String figure = Rewording.refigured(before, text);
                String said = figure == null ? rewording.inPlaceOf(before) : figure;
                if (said != null && YesNo.of(said) == YesNo.UNCLEAR) {
                    found.add(new Correction(slot.name(), said));
                }
            }
        }
        return found;
    }

    private boolean isAskedFor(Slot slot) {
        return top.flow.steps().stream()
                .anyMatch(step ->
                        step.does() instanceof Action.Ask ask && ask.slot().equals(slot.name()));
    }

    /// The other values that the text says for filled slots. An order's number that the text names is
    /// one too where the order is open still: asked when it was placed, a shopper may tell its number.
    private List<Correction> values(Predicate<Slot> which) {
        var found = new ArrayList<Correction>();
        Slot awaited = top.awaited();
        for (Slot slot : top.flow.slots().values()) {
            Object before = top.values.get(slot.name());
            boolean open = before == null && (namesAnother(slot) || namesPhoneToo(slot));
            boolean mayBe = (before != null || open)
                    && !slot.equals(awaited)
                    && slot.kind() != Slot.Kind.TEXT
                    && slot.kind() != Slot.Kind.YESNO
                    && slot.kind() != Slot.Kind.ITEM
                    && which.test(slot);
            Object said = mayBe
                    ? filling.heard(slot, slot.kind() == Slot.Kind.RANGE ? text : Commands.withoutDenied(text))
                    : null;
            if (said != null && (before == null || !same(before, said))) {
                found.add(new Correction(slot.name(), said));
            }
        }
        return found;
    }

    /// Whether the text may name another order than the one that the dialog is about: that needs no cue, unless any
    /// words are waited for or another flow is wanted.
    private boolean namesAnother(Slot slot) {
        Slot awaited = top.awaited();
        return slot.kind() == Slot.Kind.ORDER
                && (awaited == null || !FIGURES.contains(awaited.kind()))
                && OrderNumbers.in(text) != null
                && aboutThis.getAsBoolean();
    }

    /// Whether the text at a confirm names a mobile number, which an order's number does not look like.
    private boolean namesAnotherPhone(Slot slot) {
        return confirm && slot.kind() == Slot.Kind.PHONE && Phones.in(text) != null;
    }

    /// Whether the text names the phone that the confirm is about besides, though none was told yet.
    private boolean namesPhoneToo(Slot slot) {
        return namesAnotherPhone(slot) && top.here().depends().contains(slot.name());
    }

    /// What was written of which another figure is told, without it being plain which ("no, 24" of 12
    /// High Street, Flat 3); null if there is nothing of the kind, or several.
    @Nullable
    Slot refiguredUnclearly() {
        var found = top.flow.slots().values().stream()
                .filter(slot -> confirm
                        && slot.kind() == Slot.Kind.TEXT
                        && top.values.get(slot.name()) instanceof String before
                        && isAskedFor(slot)
                        && Rewording.refiguresOneOfSeveral(before, text))
                .limit(2)
                .toList();
        return found.size() == 1 ? found.getFirst() : null;
    }

    /// Another article than the one that orders were searched for (不对，是鞋子; "no, the shoes"), where nothing
    /// was written that might be meant instead; null if the text says none.
    @Nullable
    Correction anotherArticle() {
        boolean named = confirm
                && (rewording.plainly() && ARTICLE_ZH.matcher(rewording.words()).matches()
                        || Rewording.denies(text)
                                && ARTICLE_EN.matcher(rewording.words()).matches())
                && YesNo.of(rewording.words()) == YesNo.UNCLEAR
                && !Rewording.isQuestion(text)
                && top.flow.slots().values().stream()
                        .noneMatch(slot -> slot.kind() == Slot.Kind.TEXT
                                && top.values.get(slot.name()) != null
                                && isAskedFor(slot));
        return named
                ? top.flow.slots().values().stream()
                        .filter(slot -> slot.from().contains(Slot.Origin.ITEM_WORDS))
                        .filter(slot -> top.values.get(slot.name()) instanceof String)
                        .findFirst()
                        .map(slot -> new Correction(slot.name(), rewording.words()))
                        .orElse(null)
                : null;
    }

    /// Whether two values are one; orders are by their number.
    static boolean same(Object before, Object said) {
        return before instanceof Map<?, ?> one && said instanceof Map<?, ?> other && one.get("no") != null
                ? Objects.equals(one.get("no"), other.get("no"))
                : before.equals(said);
    }
}
