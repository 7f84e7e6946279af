package io.xiaoer.common.tenant;

import io.xiaoer.common.tenant.TenantVerdict.Bound;
import io.xiaoer.common.tenant.TenantVerdict.Refused;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.conditional.XorExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.update.Update;

/// Judges the text of statements, once per text: the verdicts of the last [#KEPT] texts are kept.
///
/// It asks the question the safe way round. [Bindings] names the tables of which it can show that they are
/// bound; [SyntaxTree] finds every table there is; one that is found and not shown refuses the statement.
final class TenantStatements {

    static final int KEPT = 2_000;

    /// Where parser and database may read a text differently (comments that the database executes, `||` as
    /// OR, `"x"` as text, `\'` in text), the parser's view proves nothing.
    private static final List<String> AMBIGUOUS = List.of("/*", "--", "#", "\\", "\"", ";", "||", "&&", ":=", "{", "[");

    private final TenantTables tables;

    private final Map<String, TenantVerdict> verdicts =
            Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, TenantVerdict> eldest) {
                    return size() > KEPT;
                }
            });

    TenantStatements(TenantTables tables) {
        this.tables = tables;
    }

    TenantVerdict judge(String sql) {
        var known = verdicts.get(sql);
        if (known != null) {
            return known;
        }
        var verdict = examine(sql);
        verdicts.put(sql, verdict);
        return verdict;
    }

    private TenantVerdict examine(String sql) {
        var ambiguous = AMBIGUOUS.stream().filter(sql::contains).findFirst();
        if (ambiguous.isPresent()) {
            return new Refused("contains " + ambiguous.get() + ", which parser and database may read differently");
        }
        try {
            return examine(CCJSqlParserUtil.parse(sql));
        } catch (JSQLParserException | RuntimeException unparsable) {
            return new Refused("cannot be parsed");
        }
    }

    private TenantVerdict examine(Statement statement) {
        var tree = SyntaxTree.of(statement);
        if (hasOpenAlternative(tree)) {
            return new Refused("has an OR that does not stand in parentheses of its own");
        }
        var bindings = new Bindings(tables);
        switch (statement) {
            case Select select -> {}
            case Insert insert -> bindings.insert(insert);
            case Update update -> bindings.update(update);
            case Delete delete -> bindings.delete(delete);
            default -> {
                return new Refused("is neither a query nor a change of rows");
            }
        }
        tree.all(PlainSelect.class).forEach(bindings::select);
        return open(statement, tree, bindings)
                .<TenantVerdict>map(table ->
                        new Refused("does not bind shop_id of " + table.getFullyQualifiedName() + " to a parameter"))
                .orElseGet(() -> bound(bindings.parameters(), tree.all(JdbcParameter.class)));
    }

    /// A table that is neither shown to be bound nor harmless. The name of a `WITH` stands for its rows behind it
    /// alone: in its own text and in those before, and outside of a sub-query that has a `WITH`, the same name is a
    /// table's.
    private Optional<Table> open(Statement statement, SyntaxTree tree, Bindings bindings) {
        var local = new HashSet<String>();
        if (statement instanceof Select select && select.getWithItemsList() != null) {
            for (var item : select.getWithItemsList()) {
                var open = open(SyntaxTree.of(item.getSelect()), bindings, local);
                if (open.isPresent()) {
                    return open;
                }
                local.add(item.getUnquotedAliasName());
            }
        }
        return open(tree, bindings, local);
    }

    private Optional<Table> open(SyntaxTree tree, Bindings bindings, Set<String> local) {
        return tree.all(Table.class).stream()
                .filter(table -> !bindings.shows(table) && !isHarmless(table, local))
                .findFirst();
    }

    /// The parser takes what follows an IN list as a part of it, so that `a = ? AND b IN (?) OR c` looks like
    /// a conjunction to it and is none. An OR directly within parentheses cannot be misplaced.
    private static boolean hasOpenAlternative(SyntaxTree tree) {
        Set<Object> enclosed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var list : tree.all(ParenthesedExpressionList.class)) {
            if (list.size() == 1) {
                enclose(list.getFirst(), enclosed);
            }
        }
        return Stream.concat(tree.all(OrExpression.class).stream(), tree.all(XorExpression.class).stream())
                .anyMatch(alternative -> !enclosed.contains(alternative));
    }

    private static void enclose(Object expression, Set<Object> enclosed) {
        if (expression instanceof OrExpression || expression instanceof XorExpression) {
            enclosed.add(expression);
            enclose(((BinaryExpression) expression).getLeftExpression(), enclosed);
            enclose(((BinaryExpression) expression).getRightExpression(), enclosed);
        }
    }

    private boolean isHarmless(Table table, Set<String> local) {
        if (table.getNameParts().size() != 1) {
            return false;
        }
        var name = Bindings.name(table);
        return tables.shared().contains(name) || (!tables.tenant().contains(name) && local.contains(name));
    }

    private static TenantVerdict bound(Set<Integer> parameters, List<JdbcParameter> all) {
        var positions = all.stream().map(JdbcParameter::getIndex).collect(Collectors.toSet());
        var expected = IntStream.rangeClosed(1, all.size()).boxed().collect(Collectors.toSet());
        return positions.equals(expected)
                ? new Bound(parameters, all.size())
                : new Refused("has parameters that cannot be counted");
    }
}
