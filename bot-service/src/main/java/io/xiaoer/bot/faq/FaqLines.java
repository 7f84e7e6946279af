package io.xiaoer.bot.faq;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads an import into lines, each an entry or what is wrong with it.
final class FaqLines {

    /// The columns of a CSV; `similar` holds its questions parted by `|` or line breaks.
    static final Set<String> COLUMNS = Set.of("id", "question", "similar", "answer", "locale");

    private FaqLines() {}

    /// One line of an import.
    sealed interface Line {
        int number();

        /// A line that is an entry.
        record Good(int number, FaqDraft draft) implements Line {}

        /// A line that is not.
        record Bad(int number, String code, List<InvalidFaq.Fault> faults) implements Line {}
    }

    /// Reads CSV, its first record the header.
    ///
    /// @throws IllegalArgumentException if the header lacks `question` or `answer`, or names a column twice
    static List<Line> csv(String text) {
        var records = new CsvRecords(text.startsWith("\uFEFF") ? text.substring(1) : text);
        var header = records.hasNext() ? header(records.next()) : List.<String>of();
        if (!header.contains("question") || !header.contains("answer")) {
            throw new IllegalArgumentException("the first line must name the columns, question and answer among them");
        }
        var lines = new ArrayList<Line>();
        while (records.hasNext()) {
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
            throw new IllegalArgumentException("the first line names a column twice");
        }
        return names;
    }

    private static Line line(List<String> header, CsvRecords.CsvRecord record) {
        if (record.broken()) {
            return new Line.Bad(
                    record.line(),
                    "malformed",
                    List.of(new InvalidFaq.Fault("line", "has a quote that does not close")));
        }
        if (record.fields().size() != header.size()) {
            return new Line.Bad(
                    record.line(),
                    "malformed",
                    List.of(new InvalidFaq.Fault("line", "must have " + header.size() + " columns")));
        }
        String similar = column(header, record, "similar");
        return checked(
                record.line(),
                column(header, record, "id"),
                column(header, record, "question"),
                similar == null
                        ? List.of()
                        : Arrays.stream(similar.split("[|\r\n]+"))
                                .filter(each -> !each.isBlank())
                                .toList(),
                column(header, record, "answer"),
                column(header, record, "locale"));
    }

    private static @Nullable String column(List<String> header, CsvRecords.CsvRecord record, String name) {
        int index = header.indexOf(name);
        return index < 0 ? null : record.fields().get(index);
    }

    /// Reads NDJSON, an object a line.
    static List<Line> ndjson(String text) {
        var lines = new ArrayList<Line>();
        int number = 0;
        for (String line : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                lines.add(json(number, line));
            }
        }
        return lines;
    }

    private static Line json(int number, String line) {
        try {
            JSONObject object = JSON.parseObject(line);
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
                    optional("id", object),
                    optional("question", object),
                    others,
                    optional("answer", object),
                    optional("locale", object));
        } catch (WrongType e) {
            return new Line.Bad(number, "invalid_request", List.of(e.fault));
        } catch (JSONException | NullPointerException | ClassCastException | IndexOutOfBoundsException e) {
            return new Line.Bad(
                    number, "malformed", List.of(new InvalidFaq.Fault("line", "is not a readable JSON object")));
        }
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
            @Nullable String locale) {
        try {
            return new Line.Good(number, FaqDraft.of(id, question, similar, answer, locale));
        } catch (InvalidFaq e) {
            return new Line.Bad(number, "invalid_request", e.faults());
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
