package io.xiaoer.common.tenant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes statements over [#TENANT] and [#SHARED] from a seed: some bind every table, some forget or botch one.
/// Each is determinate: whoever limits rows orders them wholly, and sub-queries for one value are aggregates.
final class MadeStatements {

    static final List<String> TENANT = List.of("orders", "shipment", "after_sale");
    static final String SHARED = "label";
    private static final List<String> NUMBERS = List.of("id", "ref", "kind", "n");
    private static final int DEEPEST = 2;
    /// The parser takes minutes for some of the longest.
    private static final int LONGEST = 320;

    private final Random random;
    private int names;
    /// Of a hundred bindings so many are botched.
    private int botched;

    MadeStatements(long seed) {
        random = new Random(seed);
    }

    MadeStatement next() {
        while (true) {
            var made = made();
            if (made.sql().length() <= LONGEST) {
                return made;
            }
        }
    }

    private MadeStatement made() {
        names = 0;
        botched = chance(60) ? 0 : 35;
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> MadeStatement.of(update(), false);
            case 3, 4 -> MadeStatement.of(delete(), false);
            case 5, 6, 7 -> MadeStatement.of(insert(), false);
            case 8, 9 -> MadeStatement.of(common(), true);
            default -> MadeStatement.of(wholeQuery(1 + random.nextInt(3)), true);
        };
    }

    // --- queries

    private String wholeQuery(int width) {
        var query = union(width, 0, List.of());
        if (chance(30)) {
            return query + " ORDER BY "
                    + IntStream.rangeClosed(1, width).mapToObj(String::valueOf).collect(Collectors.joining(", "))
                    + (chance(50) ? " LIMIT " + number() : "");
        }
        return query;
    }

    private String common() {
        var first = name("w");
        var second = name("w");
        int kinds = random.nextInt(4);
        var inner = select(2, 1, List.of(), List.of());
        return switch (kinds) {
            case 0 -> "WITH " + first + " AS (" + inner + ") SELECT " + first + ".c1 AS c1 FROM " + first;
            case 1 ->
                "WITH " + first + " AS (" + inner + "), " + second + " AS (SELECT c1 + 1 AS c1, c2 FROM " + first + ") "
                        + select(2, 1, List.of(), List.of(second, first));
            case 2 ->
                // The name of a table that is read while it still means the table.
                "WITH hidden AS (SELECT id AS c1, n AS c2 FROM hidden) SELECT c1, c2 FROM hidden";
            default ->
                "WITH " + first + " AS (SELECT id AS c1, n AS c2 FROM hidden), hidden AS (" + inner
                        + ") SELECT c1, c2 FROM " + first;
        };
    }

    private String union(int width, int depth, List<String> outer) {
        var query = select(width, depth, outer, List.of());
        for (int more = chance(20) ? 1 + random.nextInt(2) : 0; more > 0; more--) {
            query += pick(" UNION ", " UNION ALL ", " EXCEPT ", " INTERSECT ") + select(width, depth, outer, List.of());
        }
        return query;
    }

    /// A block of so many columns, `c1` and on.
    private String select(int width, int depth, List<String> outer, List<String> locals) {
        var from = new From();
        int sources = 1 + (chance(40) ? 1 : 0) + (chance(15) ? 1 : 0);
        for (int source = 0; source < sources; source++) {
            from.add(depth, outer, locals);
        }
        from.bind();
        var scope = new ArrayList<>(from.columns);
        var seen = new ArrayList<>(outer);
        seen.addAll(scope);
        for (int more = random.nextInt(3); more > 0; more--) {
            from.where.add(predicate(depth, seen));
        }
        boolean grouped = chance(15);
        var items = new ArrayList<String>();
        var key = pick(scope);
        for (int column = 1; column <= width; column++) {
            var value = grouped ? (column == 1 ? key : aggregate(pick(scope))) : expression(depth, seen);
            items.add(value + " AS c" + column);
        }
        return "SELECT " + (chance(10) ? "DISTINCT " : "") + String.join(", ", items) + " FROM " + from.text()
                + where(from.where)
                + (grouped ? " GROUP BY " + key : "")
                + (grouped && chance(60) ? " HAVING " + having(depth, scope, seen) : "");
    }

    private String having(int depth, List<String> scope, List<String> seen) {
        var own = aggregate(pick(scope)) + pick(" > ", " <= ", " <> ") + number();
        return switch (random.nextInt(4)) {
            case 0 -> own + " AND COUNT(*) BETWEEN ?0 AND " + scalar(depth, seen);
            case 1 -> "(" + own + " OR COUNT(*) IN (" + number() + ", " + number() + "))";
            case 2 -> aggregate(pick(scope)) + " > " + scalar(depth, List.of());
            default -> own;
        };
    }

    private String where(List<String> conditions) {
        if (conditions.isEmpty()) {
            return "";
        }
        var mixed = new ArrayList<>(conditions);
        Collections.shuffle(mixed, random);
        var text = new StringBuilder(" WHERE ");
        for (int at = 0; at < mixed.size(); at++) {
            text.append(at == 0 ? "" : botched > 0 && chance(8) ? pick(" OR ", " XOR ") : " AND ")
                    .append(mixed.get(at));
        }
        return text.toString();
    }

    /// What a block reads, and the conditions by which its tables are bound.
    private final class From {
        private final List<String> sources = new ArrayList<>();
        private final List<String> columns = new ArrayList<>();
        private final List<String> where = new ArrayList<>();
        private final List<String> unbound = new ArrayList<>();
        private boolean qualified;

        private void add(int depth, List<String> outer, List<String> locals) {
            var alias = name("t");
            boolean first = sources.isEmpty();
            int kind = random.nextInt(10);
            if (!locals.isEmpty() && first) {
                add(pick(locals) + " " + alias, alias, List.of("c1", "c2"), false);
            } else if (kind == 0 && depth < DEEPEST) {
                add("(" + union(2, depth + 1, List.of()) + ") " + alias, alias, List.of("c1", "c2"), false);
            } else if (kind == 1 && !first) {
                add(SHARED + " " + alias, alias, List.of("id", "n"), false);
            } else {
                add(pick(TENANT) + pick(" ", " AS ") + alias, alias, NUMBERS, true);
            }
        }

        private void add(String source, String alias, List<String> own, boolean tenant) {
            boolean first = sources.isEmpty();
            qualified |= !first;
            var left = first ? "" : pick(columns);
            own.forEach(column -> columns.add(alias + "." + column));
            if (first) {
                sources.add(source);
                keepUnbound(alias, tenant);
                return;
            }
            var match = left + " = " + alias + "." + pick(own);
            switch (random.nextInt(botched > 0 ? 9 : 6)) {
                case 0 -> {
                    sources.add(", " + source);
                    where.add(match);
                    keepUnbound(alias, tenant);
                }
                case 1, 2 -> {
                    boolean here = tenant && chance(50);
                    var both = here ? both(binding(alias, false), match) : match;
                    sources.add(pick(" JOIN ", " INNER JOIN ", " STRAIGHT_JOIN ") + source + " ON " + both);
                    keepUnbound(alias, tenant && !here);
                }
                case 3, 4 ->
                    sources.add(
                            " LEFT JOIN " + source + " ON " + (tenant ? both(binding(alias, false), match) : match));
                case 5 -> {
                    sources.add(" CROSS JOIN " + source);
                    keepUnbound(alias, tenant);
                }
                case 6 -> {
                    sources.add(
                            " LEFT JOIN " + source + " ON " + match + " AND " + String.join(" AND ", bindings(unbound))
                                    + (tenant ? " AND " + binding(alias, false) : ""));
                    unbound.clear();
                }
                case 7 -> {
                    sources.add(" RIGHT JOIN " + source + " ON " + match);
                    keepUnbound(alias, tenant);
                }
                default -> {
                    sources.add(" JOIN " + source + " USING (" + (tenant ? "ref" : "id") + ")");
                    keepUnbound(alias, tenant);
                }
            }
        }

        private void keepUnbound(String alias, boolean tenant) {
            if (tenant) {
                unbound.add(alias);
            }
        }

        private void bind() {
            unbound.forEach(alias -> where.add(binding(alias, !qualified)));
        }

        private List<String> bindings(List<String> aliases) {
            return aliases.isEmpty()
                    ? List.of("?1 = ?1")
                    : aliases.stream().map(alias -> binding(alias, false)).toList();
        }

        private String both(String one, String other) {
            return chance(50) ? one + " AND " + other : other + " AND " + one;
        }

        private String text() {
            return String.join("", sources);
        }
    }

    /// `shop_id = ?` of a table, or something that resembles it.
    private String binding(String alias, boolean alone) {
        var column = (alone && chance(40) ? "" : alias + ".") + "shop_id";
        if (!chance(botched)) {
            return chance(15) ? "(" + column + " = ?m)" : column + " = ?m";
        }
        var other = alias + "." + pick(NUMBERS);
        return switch (random.nextInt(30)) {
            case 0, 1, 2 -> other + " >= ?0";
            case 3 -> column + " = ?o";
            case 4 -> column + " <> ?o";
            case 5 -> column + " IN (?m, ?o)";
            case 6 -> column + " LIKE ?m";
            case 7 -> "(" + column + " = ?m OR " + other + " = " + number() + ")";
            case 8 -> column + " = ?m OR " + other + " = " + number();
            case 9 -> "NOT " + column + " = ?m";
            case 10 -> column + " = ?m = 0";
            case 11 -> column + " = ?m IS NOT NULL";
            case 12 -> column + " = ?m IS FALSE";
            case 13 -> column + " BETWEEN ?m AND ?o";
            case 14 -> other + " BETWEEN ?0 AND " + column + " = ?m";
            case 15 -> "CASE WHEN " + column + " = ?m THEN 1 ELSE 1 END = 1";
            case 16 -> "COALESCE(" + column + " = ?m, 1) IN (0, 1)";
            case 17 -> "(" + column + ", " + other + ") >= (?m, ?0)";
            case 18 -> column + " = ?m AND " + other + " IN (" + number() + ") OR " + other + " = " + number();
            case 19 -> other + " IN (" + number() + ", " + number() + ") AND " + column + " = ?m OR ?1 = ?1";
            case 20 -> column + " = ?m XOR " + other + " = " + number();
            case 21 -> "! " + column + " = ?m";
            case 22 -> column + " = ?m COLLATE utf8mb4_general_ci";
            case 23 -> column + " = ?m | ?0";
            case 24 -> "?m = " + column;
            case 25 -> column + " <=> ?m";
            case 26 -> column + " = " + alias + ".shop_id";
            case 27 -> "(" + column + " = ?m) = (" + other + " = " + number() + ")";
            case 28 -> "NOT (" + column + " = ?m AND " + other + " = " + number() + ")";
            default -> column + " = ANY (SELECT b.shop_id FROM shipment b WHERE b.shop_id = ?m)";
        };
    }

    // --- conditions and values

    private String predicate(int depth, List<String> seen) {
        var value = expression(DEEPEST, seen);
        boolean nested = depth < DEEPEST;
        return switch (random.nextInt(nested ? 20 : 12)) {
            case 0 -> value + " BETWEEN " + number() + " AND " + number();
            case 1 -> value + " NOT BETWEEN " + number() + " AND " + expression(depth, seen);
            case 2 -> value + " IN (" + number() + ", " + number() + ")";
            case 3 -> value + " NOT IN (" + number() + ")";
            case 4 -> pick(seen) + pick(" IS NULL", " IS NOT NULL");
            case 5 -> "(" + predicate(depth, seen) + pick(" OR ", " XOR ", " AND ") + predicate(depth, seen) + ")";
            case 6 -> "NOT (" + predicate(depth, seen) + ")";
            case 7 -> "NOT " + pick(seen) + " = " + number();
            case 8 ->
                "CASE WHEN " + predicate(depth, seen) + " THEN " + value + " ELSE " + number() + " END > " + number();
            case 9 -> pick(seen) + pick(" LIKE '1%'", " NOT LIKE '2'", " REGEXP '[0-3]'", " RLIKE '2'");
            case 10 ->
                "(" + pick(seen) + ", " + pick(seen) + ") " + pick("= ", "<> ", "> ") + "(" + number() + ", " + number()
                        + ")";
            case 12, 13 -> value + pick(" IN (", " NOT IN (") + select(1, depth + 1, seen, List.of()) + ")";
            case 14, 15 -> pick("EXISTS (", "NOT EXISTS (") + select(1, depth + 1, seen, List.of()) + ")";
            case 16 ->
                value + pick(" > ALL (", " = ANY (", " < SOME (") + select(1, depth + 1, List.of(), List.of()) + ")";
            case 17 -> value + " BETWEEN " + scalar(depth, seen) + " AND " + scalar(depth, seen);
            case 18 -> value + pick(" = ", " > ", " <= ") + scalar(depth, seen);
            default -> value + pick(" = ", " < ", " >= ", " <> ", " != ", " <=> ") + expression(depth, seen);
        };
    }

    private String expression(int depth, List<String> seen) {
        return switch (random.nextInt(depth < DEEPEST ? 12 : 10)) {
            case 0 -> number();
            case 1 -> "CASE WHEN " + predicate(DEEPEST, seen) + " THEN " + pick(seen) + " ELSE " + number() + " END";
            case 2 -> "CASE " + pick(seen) + " WHEN " + number() + " THEN ?1 END";
            case 3 -> "COALESCE(" + pick(seen) + ", " + number() + ")";
            case 4 -> "(" + pick(seen) + pick(" + ", " - ", " * ") + pick(seen) + ")";
            case 5 -> "NULLIF(" + pick(seen) + ", " + number() + ")";
            case 10, 11 -> scalar(depth, seen);
            default -> pick(seen);
        };
    }

    private String scalar(int depth, List<String> seen) {
        if (depth >= DEEPEST) {
            return number();
        }
        var from = new From();
        from.add(depth + 1, List.of(), List.of());
        from.bind();
        var inner = new ArrayList<>(seen);
        inner.addAll(from.columns);
        if (chance(50)) {
            from.where.add(predicate(depth + 1, inner));
        }
        return "(SELECT " + aggregate(pick(from.columns)) + " FROM " + from.text() + where(from.where) + ")";
    }

    private String aggregate(String column) {
        return pick("MAX(", "MIN(", "COUNT(", "COUNT(DISTINCT ", "SUM(") + column + ")";
    }

    private String number() {
        return chance(70) ? "?" + random.nextInt(6) : Integer.toString(random.nextInt(6));
    }

    // --- changes

    private String update() {
        var table = pick(TENANT);
        if (botched > 0 && chance(15)) {
            return "UPDATE " + table + " a JOIN shipment b ON b.id = a.ref AND " + binding("b", false) + " SET a.n = "
                    + number() + " WHERE " + binding("a", false);
        }
        var columns = NUMBERS.stream().map(column -> "u." + column).toList();
        var where = new ArrayList<>(List.of(binding("u", true)));
        for (int more = random.nextInt(3); more > 0; more--) {
            where.add(predicate(1, columns));
        }
        return "UPDATE " + table + " u SET u.n = " + assigned(table, columns)
                + (chance(30) ? ", u.kind = " + number() : "")
                + (botched > 0 && chance(15) ? ", u.shop_id = " + pick("?m", "?o") : "")
                + where(where)
                + (chance(15) ? " ORDER BY u.id LIMIT " + number() : "");
    }

    /// A value for a column; MariaDB lets it read the changed table too.
    private String assigned(String table, List<String> columns) {
        return chance(30)
                ? "COALESCE(" + scalar(1, List.of()) + ", 0)"
                : pick(
                        "COALESCE(" + pick(columns) + ", 0) + " + number(),
                        number(),
                        "CASE WHEN " + pick(columns) + " > " + number() + " THEN " + number() + " ELSE 3 END");
    }

    private String delete() {
        var table = pick(TENANT);
        if (botched > 0 && chance(15)) {
            return "DELETE a FROM " + table + " a JOIN shipment b ON " + binding("b", false) + " WHERE "
                    + binding("a", false);
        }
        var columns = NUMBERS.stream().map(column -> table + "." + column).toList();
        var where = new ArrayList<>(List.of(binding(table, true)));
        for (int more = random.nextInt(3); more > 0; more--) {
            where.add(predicate(1, columns));
        }
        return "DELETE FROM " + table + where(where) + (chance(15) ? " ORDER BY id LIMIT " + number() : "");
    }

    private String insert() {
        var table = pick(TENANT);
        var verb = pick("INSERT INTO ", "INSERT IGNORE INTO ", "INSERT INTO ", "REPLACE INTO ");
        var shop = chance(botched) ? pick("?o", "'1002'", "shop_id", "(SELECT MAX(shop_id) FROM shipment)") : "?m";
        var changed = !verb.contains("IGNORE") && !verb.startsWith("REPLACE") && chance(40)
                ? " ON DUPLICATE KEY UPDATE n = "
                        + pick("VALUES(n)", "COALESCE(" + scalar(1, List.of()) + ", 0)", number())
                        + (botched > 0 && chance(20) ? ", shop_id = ?o" : "")
                : "";
        if (chance(50)) {
            var from = new From();
            from.add(1, List.of(), List.of());
            from.bind();
            return verb + table + " (shop_id, id, ref, kind, n) SELECT " + shop + ", "
                    + pick(from.columns) + " + 10, 1, 1, COALESCE(" + pick(from.columns) + ", 0) FROM " + from.text()
                    + where(from.where) + (changed.isEmpty() ? "" : " ON DUPLICATE KEY UPDATE n = " + number());
        }
        var rows = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(row -> "(" + random.nextInt(9) + ", " + (shop.equals("shop_id") ? "?o" : shop) + ", "
                        + number() + ", " + number() + ", "
                        + (chance(20) ? "COALESCE(" + scalar(1, List.of()) + ", 0)" : number()) + ")")
                .collect(Collectors.joining(", "));
        return verb + table + " (id, shop_id, ref, kind, n) VALUES " + rows + changed;
    }

    // --- chance

    private String name(String prefix) {
        names++;
        return prefix + names;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
