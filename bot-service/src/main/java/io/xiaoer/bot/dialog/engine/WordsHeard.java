package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.dialog.function.Values;
import io.xiaoer.bot.slots.Amounts;
import io.xiaoer.bot.slots.EnumWords;
import io.xiaoer.bot.slots.ItemWords;
import io.xiaoer.bot.slots.OptionPick;
import io.xiaoer.bot.slots.OrderNumbers;
import io.xiaoer.bot.slots.Phones;
import io.xiaoer.bot.slots.TimeExpressions;
import io.xiaoer.bot.slots.YesNo;
import io.xiaoer.bot.words.Language;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hears values by the rules of `slots`.
public final class WordsHeard implements Hearing {

    private static final Pattern FIGURE = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,2})?");
    private static final Pattern THOUSANDS = Pattern.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))");

    @Override
    public @Nullable Boolean yesNo(String text, String question) {
        return switch (YesNo.of(text, question)) {
            case YES -> Boolean.TRUE;
            case NO -> Boolean.FALSE;
            case UNCLEAR -> null;
        };
    }

    @Override
    public @Nullable Object value(Slot slot, String text, Language language, Instant now) {
        return switch (slot.kind()) {
            case ENUM -> slot.values().containsKey(text) ? text : EnumWords.of(text, slot.values());
            case NUMBER -> number(text);
            case PHONE -> Phones.anyIn(text);
            case ORDER -> OrderNumbers.in(text);
            case YESNO -> yesNo(text, "");
            case RANGE -> Values.plain(TimeExpressions.in(text, now, TimeExpressions.ZONE));
            case TEXT, ITEM -> null;
        };
    }

    @Override
    public @Nullable Object told(Slot slot, String text, Language language, Instant now) {
        if (slot.kind() == Slot.Kind.PHONE) {
            return Phones.toldIn(text);
        }
        return slot.kind() == Slot.Kind.RANGE && slot.past()
                ? Values.plain(TimeExpressions.ordered(text, now, TimeExpressions.ZONE))
                : value(slot, text, language, now);
    }

    /// An amount of money (一百五十元, $1,299), or the only figure, in Chinese figures too (五百九十九). Of
    /// several none is the one.
    private static @Nullable BigDecimal number(String text) {
        String folded = THOUSANDS
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("");
        var figures = FIGURE.matcher(folded).results().map(MatchResult::group).toList();
        Long hundredths = figures.size() > 1 ? null : Amounts.in(folded);
        if (hundredths != null) {
            var amount = BigDecimal.valueOf(hundredths, 2).stripTrailingZeros();
            return amount.scale() < 0 ? amount.setScale(0) : amount;
        }
        if (figures.size() == 1) {
            return new BigDecimal(figures.getFirst());
        }
        Long spoken = figures.isEmpty() ? Amounts.spoken(folded) : null;
        return spoken == null ? null : BigDecimal.valueOf(spoken);
    }

    @Override
    public @Nullable String itemWords(String text, Language language) {
        return ItemWords.in(text);
    }

    @Override
    public int pick(
            List<Map<String, Object>> items, Set<Action.Match> match, String text, Language language, Instant now) {
        var options = items.stream().map(item -> option(item, match)).toList();
        return index(OptionPick.of(text, options, now, TimeExpressions.ZONE));
    }

    @Override
    public int pickTold(List<Map<String, Object>> items, Set<Action.Match> match, String text) {
        return index(OptionPick.told(
                text, items.stream().map(item -> option(item, match)).toList()));
    }

    private static int index(OptionPick picked) {
        return switch (picked) {
            case OptionPick.One(var index) -> index;
            case OptionPick.Several _, OptionPick.None _ -> -1;
        };
    }

    private static OptionPick.Option option(Map<String, Object> item, Set<Action.Match> match) {
        Object number = item.get("no");
        Object title = item.get("title");
        return new OptionPick.Option(
                match.contains(Action.Match.ORDER_NO) && number != null ? number.toString() : null,
                match.contains(Action.Match.TITLE) && title != null ? title.toString() : "",
                moment(item.get("card") instanceof Map<?, ?> card ? card.get("placed_at") : item.get("placed_at")));
    }

    private static @Nullable Instant moment(@Nullable Object time) {
        try {
            return time instanceof String text ? Instant.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
