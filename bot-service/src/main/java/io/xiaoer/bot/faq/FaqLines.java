package io.xiaoer.bot.faq;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.json.PlainJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an import into lines, each an entry or what is wrong with it.
final class FaqLines {

    /// The columns of a CSV; `similar` holds its questions parted by `|` or line breaks.
    static final Set<String> COLUMNS = Set.of("id", "question", "similar", "answer", "locale", "enabled");

    /// The longest line of NDJSON in characters: an entry with all that it may have, each character escaped.
    private static final int MAX_LINE =
            12 * (FaqDraft.MAX_QUESTION * (1 + FaqDraft.MAX_SIMILAR) + FaqDraft.MAX_ANSWER) + 10_000;

    private static final Pattern BETWEEN_SIMILAR = Pattern.compile("[|\r\n]+");

    private FaqLines() {}

    /// One line of an import.
    sealed interface Line {
        int number();

        /// A line that is an entry.
        record Good(int number, FaqDraft draft) implements Line {}

        /// A line that is not.
        ///
        /// @param id of the entry, null if the line does not say, or not such a one as may be
        record Bad(int number, @Nullable String id, String code, List<InvalidFaq.Fault> faults) implements Line {}
    }

    /// Reads CSV, its first record the header, and stops after so many lines.
    ///
    /// @throws NoHeader if the header lacks `question` or `answer`, or names a column twice
    static List<Line> csv(String text, int most) {
        var records = new CsvRecords(text.startsWith("\uFEFF") ? text.substring(1) : text);
        var header = records.hasNext() ? header(records.next()) : List.<String>of();
        if (!header.contains("question") || !header.contains("answer")) {
            throw new NoHeader("the first line must name the columns, question and answer among them");
        }
        var lines = new ArrayList<Line>();
        while (records.hasNext() && lines.size() < most) {
            var record = records.next();
            if (!record.isEmpty()) {
                lines.add(line(header, record));
            }
        }
        return lines;
    }

    private static List<String> header(CsvRecords.CsvRecord record) {
        var names = record.fields().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        var seen = new HashSet<String>();
        if (names.stream().filter(COLUMNS::contains).anyMatch(name -> !seen.add(name))) {
            throw new NoHeader("the first line names a column twice");
        }
        return names;
    }

    private static Line line(List<String> header, CsvRecords.CsvRecord record) {
        if (record.broken()) {
            return unreadable(record.line(), "has a quote that does not close");
        }
        if (record.fields().size() != header.size()) {
            return unreadable(record.line(), "must have " + header.size() + " columns");
        }
        String similar = column(header, record, "similar");
        Boolean enabled;
        try {
            enabled = flag(column(header, record, "enabled"));
        } catch (WrongType e) {
            return new Line.Bad(
                    record.line(), FaqDraft.named(column(header, record, "id")), "invalid_request", List.of(e.fault));
        }
        return checked(
                record.line(),
                column(header, record, "id"),
                column(header, record, "question"),
                similar == null
                        ? List.of()
                        : BETWEEN_SIMILAR
                                .splitAsStream(similar)
                                .map(String::strip)
                                .filter(each -> !each.isEmpty())
                                .distinct()
                                .limit(FaqDraft.MAX_SIMILAR + 1)
                                .toList(),
                column(header, record, "answer"),
                column(header, record, "locale"),
                enabled);
    }

    /// Null for a column that is not there or empty, which leaves it as it is.
    private static @Nullable Boolean flag(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new WrongType("enabled", "must be true or false");
        };
    }

    private static @Nullable String column(List<String> header, CsvRecords.CsvRecord record, String name) {
        int index = header.indexOf(name);
        return index < 0 ? null : record.fields().get(index);
    }

    /// Reads NDJSON, an object a line, and stops after so many lines.
    static List<Line> ndjson(String text, int most) {
        var lines = new ArrayList<Line>();
        int number = 0;
        int next;
        for (int at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length() && lines.size() < most; at = next + 1) {
            next = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
            number++;
            if (next - at > MAX_LINE) {
                lines.add(unreadable(number, "is longer than an entry can be"));
            } else if (!text.substring(at, next).isBlank()) {
                lines.add(json(number, text.substring(at, next)));
            }
        }
        return lines;
    }

    private static Line unreadable(int number, String reason) {
        return new Line.Bad(number, null, "malformed", List.of(new InvalidFaq.Fault("line", reason)));
    }

    private static Line json(int number, String line) {
        String id = null;
        try {
            JSONObject object = PlainJson.object(line);
            id = optional("id", object);
            Object similar = object.get("similar");
            var others = new ArrayList<String>();
            if (similar instanceof JSONArray array) {
                for (Object each : array) {
                    others.add(string("similar", each));
                }
            } else if (similar != null) {
                throw new WrongType("similar", "must be an array of strings");
            }
            return checked(
                    number,
                    id,
                    optional("question", object),
                    others,
                    optional("answer", object),
                    optional("locale", object),
                    enabled(object.get("enabled")));
        } catch (WrongType e) {
            return new Line.Bad(number, FaqDraft.named(id), "invalid_request", List.of(e.fault));
        } catch (JSONException e) {
            return unreadable(number, "is not a readable JSON object");
        }
    }

    private static @Nullable Boolean enabled(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw new WrongType("enabled", "must be true or false");
    }

    private static @Nullable String optional(String field, JSONObject object) {
        Object value = object.get(field);
        return value == null ? null : string(field, value);
    }

    private static String string(String field, @Nullable Object value) {
        if (value instanceof String string) {
            return string;
        }
        throw new WrongType(field, "must be a string");
    }

    private static Line checked(
            int number,
            @Nullable String id,
            @Nullable String question,
            List<String> similar,
            @Nullable String answer,
            @Nullable String locale,
            @Nullable Boolean enabled) {
        try {
            return new Line.Good(number, FaqDraft.of(id, question, similar, answer, locale, enabled));
        } catch (InvalidFaq e) {
            return new Line.Bad(number, FaqDraft.named(id), "invalid_request", e.faults());
        }
    }

    /// A CSV whose first line does not say what its columns are.
    static final class NoHeader extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        NoHeader(String reason) {
            super(reason);
        }
    }

    /// A field of another type than it must have.
    private static final class WrongType extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient InvalidFaq.Fault fault;

        WrongType(String field, String reason) {
            super(reason);
            this.fault = new InvalidFaq.Fault(field, reason);
        }
    }
}
