package io.xiaoer.bot.faq;

import java.util.ArrayList;
import java.util.List;

/// Splits a text into the records of RFC 4180, each with the line it begins on. A quote that is never closed spoils
/// its own line alone: the next record begins on the next line.
public final class CsvRecords {

    /// The most fields of a record that are kept: a line of commas alone has millions.
    static final int MAX_FIELDS = 100;

    private final String text;
    private int at;
    private int line = 1;

    public CsvRecords(String text) {
        this.text = text;
    }

    /// One record.
    ///
    /// @param line the number of its first line, from 1
    /// @param broken whether a quote is open or stands where none may
    public record CsvRecord(int line, List<String> fields, boolean broken) {
        boolean isEmpty() {
            return !broken && fields.size() == 1 && fields.getFirst().isBlank();
        }
    }

    public boolean hasNext() {
        return at < text.length();
    }

    /// The next record.
    public CsvRecord next() {
        int firstAt = at;
        int firstLine = line;
        var fields = new ArrayList<String>();
        while (true) {
            String field = at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
            if (field == null) {
                at = firstAt;
                line = firstLine;
                skipLine();
                return new CsvRecord(firstLine, List.of(), true);
            }
            if (fields.size() < MAX_FIELDS) {
                fields.add(field);
            }
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
                continue;
            }
            endLine();
            return new CsvRecord(firstLine, List.copyOf(fields), false);
        }
    }

    private String plain() {
        int from = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private @org.jspecify.annotations.Nullable String quoted() {
        var field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                if (at < text.length() && text.charAt(at) == '"') {
                    at++;
                } else {
                    return at == text.length() || ",\r\n".indexOf(text.charAt(at)) >= 0 ? field.toString() : null;
                }
            } else if (c == '\n' || c == '\r' && !(at < text.length() && text.charAt(at) == '\n')) {
                line++;
            }
            field.append(c);
        }
        return null;
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        endLine();
    }

    private void endLine() {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
    }
}
