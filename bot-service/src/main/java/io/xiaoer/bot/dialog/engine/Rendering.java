package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.expression.Expression;
import io.xiaoer.bot.dialog.flow.Phrase;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.words.Language;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Fills a flow's words with values.
final class Rendering {

    private static final int MOST = 200;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Language language;

    Rendering(Language language) {
        this.language = language;
    }

    /// The words with the values of a flow in them.
    String words(Phrase phrase, Running running, io.xiaoer.bot.dialog.expression.Scope scope) {
        return phrase.in(language).fill(path -> place(path, running, scope));
    }

    private String place(Expression.Path path, Running running, io.xiaoer.bot.dialog.expression.Scope scope) {
        return value(path.fields().isEmpty() ? running.flow.slots().get(path.name()) : null, path.value(scope));
    }

    /// A value in words.
    ///
    /// @param slot that holds it, null if none does
    String value(@Nullable Slot slot, @Nullable Object value) {
        if (slot != null && slot.kind() == Slot.Kind.ENUM && value instanceof String name) {
            return slot.label(name, language);
        }
        String text = text(value);
        return text.length() > MOST ? text.substring(0, MOST) + '…' : text;
    }

    private String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case BigDecimal number -> number.toPlainString();
            case Boolean yes -> language == Language.ZH ? (yes ? "是" : "否") : (yes ? "yes" : "no");
            case Map<?, ?> map -> whole(map);
            case Collection<?> items ->
                items.stream()
                        .limit(10)
                        .map(this::text)
                        .collect(Collectors.joining(language == Language.ZH ? "、" : ", "));
            default -> value.toString();
        };
    }

    private String whole(Map<?, ?> map) {
        if (map.get("from") instanceof String from && map.get("to") instanceof String to) {
            return days(from, to);
        }
        for (String field : new String[] {"text", "title", "no", "id"}) {
            if (map.get(field) instanceof String text) {
                return text;
            }
        }
        return "";
    }

    private String days(String from, String to) {
        try {
            var first = day(Instant.parse(from));
            var last = day(Instant.parse(to).minusMillis(1));
            return first.equals(last)
                    ? said(first)
                    : said(first) + (language == Language.ZH ? "至" : " to ") + said(last);
        } catch (DateTimeException e) {
            return "";
        }
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZONE);
    }

    private String said(LocalDate day) {
        return language == Language.ZH ? day.getMonthValue() + "月" + day.getDayOfMonth() + "日" : day.toString();
    }
}
