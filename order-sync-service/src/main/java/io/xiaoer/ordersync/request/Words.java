package io.xiaoer.ordersync.request;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was written into a request: personal data, encrypted wherever it stands. Prints redacted.
///
/// @param title to whom an invoice is made out
/// @param taxNo of a company's invoice
/// @param note in the shopper's words
record Words(
        @Nullable String title,
        @Nullable String taxNo,
        @Nullable String note) {
    static final Words NONE = new Words(null, null, null);

    static Words of(Map<String, ?> fields) {
        return new Words(text(fields, "title"), text(fields, "tax_no"), text(fields, "note"));
    }

    /// Those that are there.
    Map<String, Object> toMap() {
        var fields = new LinkedHashMap<String, Object>();
        put(fields, "title", title);
        put(fields, "tax_no", taxNo);
        put(fields, "note", note);
        return fields;
    }

    private static @Nullable String text(Map<String, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    @Override
    public String toString() {
        return "Words[redacted]";
    }
}
