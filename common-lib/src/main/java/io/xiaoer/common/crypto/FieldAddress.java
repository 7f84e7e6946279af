package io.xiaoer.common.crypto;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Where an encrypted value lives. It is authenticated with the value, so that a cipher text copied into
/// another row, column or shop does not decrypt there.
///
/// @param table  the table's name
/// @param row    the parts of the row's primary key, shop first
/// @param column the column's name
public record FieldAddress(String table, List<String> row, String column) {

    public FieldAddress {
        row = List.copyOf(row);
    }

    /// Each part with its length before it: no two addresses give the same bytes.
    byte[] bytes() {
        var text = new StringBuilder();
        append(text, table);
        append(text, column);
        row.forEach(part -> append(text, part));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }
}
