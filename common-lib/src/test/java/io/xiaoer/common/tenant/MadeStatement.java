package io.xiaoer.common.tenant;

import java.util.ArrayList;
import java.util.List;

/// A statement that nobody wrote, with its parameters in the order of the text.
///
/// @param sql       with `?` for each parameter
/// @param arguments texts (shops) and numbers
/// @param isQuery   or a change of rows
record MadeStatement(String sql, List<Object> arguments, boolean isQuery) {

    static final String MINE = "1001";
    static final String OTHER = "1002";

    /// From a text in which `?m` is the own shop, `?o` the other one and `?0`–`?9` a number.
    static MadeStatement of(String marked, boolean isQuery) {
        var sql = new StringBuilder();
        var arguments = new ArrayList<Object>();
        for (int at = 0; at < marked.length(); at++) {
            char each = marked.charAt(at);
            sql.append(each);
            if (each == '?') {
                at++;
                arguments.add(argument(marked.charAt(at)));
            }
        }
        return new MadeStatement(sql.toString(), List.copyOf(arguments), isQuery);
    }

    private static Object argument(char mark) {
        return switch (mark) {
            case 'm' -> MINE;
            case 'o' -> OTHER;
            default -> mark - '0';
        };
    }
}
