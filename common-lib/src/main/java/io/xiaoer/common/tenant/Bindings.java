package io.xiaoer.common.tenant;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import org.jspecify.annotations.Nullable;

/// The tenant tables of one statement that are shown to be bound, and by which parameters.
///
/// A table is bound by `alias.shop_id = ?` that stands as a conjunct of its own in the WHERE of the same
/// block, in the ON of an inner join of that block, or in the ON of the left join that brings the table in.
/// It stands before any `IN (…)`: the parser takes what follows such a list as a part of it.
/// Shapes that are not understood (right joins, joins without a plain ON, changes over several tables) show
/// nothing, and so the statement is refused.
final class Bindings {

    private static final String COLUMN = "shop_id";

    private final TenantTables tables;
    private final Set<Table> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Integer> parameters = new HashSet<>();

    Bindings(TenantTables tables) {
        this.tables = tables;
    }

    static String name(Table table) {
        return table.getUnquotedName().toLowerCase(Locale.ROOT);
    }

    boolean shows(Table table) {
        return shown.contains(table);
    }

    /// Positions of the binding parameters, from 0.
    Set<Integer> parameters() {
        return Set.copyOf(parameters);
    }

    void select(PlainSelect block) {
        var joins = orEmpty(block.getJoins());
        if (!joins.stream().allMatch(Bindings::isPlain)) {
            return;
        }
        boolean alone = joins.isEmpty();
        var everywhere = Stream.concat(
                        conjuncts(block.getWhere()),
                        joins.stream().filter(join -> !join.isLeft()).flatMap(Bindings::on))
                .toList();
        bind(block.getFromItem(), alone, everywhere);
        for (var join : joins) {
            bind(
                    join.getFromItem(),
                    false,
                    Stream.concat(everywhere.stream(), on(join)).toList());
        }
    }

    void update(Update update) {
        boolean alone = orEmpty(update.getJoins()).isEmpty()
                && orEmpty(update.getStartJoins()).isEmpty()
                && update.getFromItem() == null;
        if (alone && !moves(update.getUpdateSets())) {
            bind(update.getTable(), true, conjuncts(update.getWhere()).toList());
        }
    }

    void delete(Delete delete) {
        boolean alone = orEmpty(delete.getJoins()).isEmpty()
                && orEmpty(delete.getTables()).isEmpty()
                && orEmpty(delete.getUsingList()).isEmpty();
        if (alone) {
            bind(delete.getTable(), true, conjuncts(delete.getWhere()).toList());
        }
    }

    void insert(Insert insert) {
        var columns = insert.getColumns();
        if (columns == null || !isTenant(insert.getTable()) || moves(insert.getDuplicateUpdateSets())) {
            return;
        }
        int at = position(columns);
        var values = at < 0 ? List.<Expression>of() : inserted(insert.getSelect(), at, columns.size());
        if (!values.isEmpty() && values.stream().allMatch(JdbcParameter.class::isInstance)) {
            values.forEach(value -> parameters.add(((JdbcParameter) value).getIndex() - 1));
            shown.add(insert.getTable());
        }
    }

    /// What each inserted row puts into the column; empty where that cannot be told.
    private static List<Expression> inserted(@Nullable Select source, int at, int width) {
        if (source instanceof Values values) {
            var rows = rows(values.getExpressions());
            boolean even = rows.stream().allMatch(row -> row.size() == width);
            return even ? rows.stream().<Expression>map(row -> row.get(at)).toList() : List.of();
        }
        if (source instanceof PlainSelect select && select.getSelectItems().size() == width) {
            return List.of(select.getSelectItem(at).getExpression());
        }
        return List.of();
    }

    private static List<ExpressionList<?>> rows(ExpressionList<?> values) {
        boolean several = !values.isEmpty() && values.stream().allMatch(ExpressionList.class::isInstance);
        return several
                ? values.stream()
                        .<ExpressionList<?>>map(row -> (ExpressionList<?>) row)
                        .toList()
                : List.of(values);
    }

    private static int position(List<Column> columns) {
        for (int at = 0; at < columns.size(); at++) {
            if (isShopId(columns.get(at))) {
                return at;
            }
        }
        return -1;
    }

    /// Whether an update gives a row to another shop.
    private static boolean moves(@Nullable List<UpdateSet> sets) {
        return orEmpty(sets).stream().flatMap(set -> set.getColumns().stream()).anyMatch(Bindings::isShopId);
    }

    private void bind(@Nullable FromItem source, boolean alone, List<Expression> conditions) {
        if (source instanceof Table table && isTenant(table)) {
            for (var condition : conditions) {
                int parameter = binding(condition, table, alone);
                if (parameter >= 0) {
                    parameters.add(parameter);
                    shown.add(table);
                }
            }
        }
    }

    /// The position of the parameter if the condition is `shop_id = ?` of that table, else -1.
    private static int binding(Expression condition, Table table, boolean alone) {
        if (condition instanceof EqualsTo equals && equals.getOldOracleJoinSyntax() == 0) {
            if (equals.getLeftExpression() instanceof Column column
                    && equals.getRightExpression() instanceof JdbcParameter parameter
                    && isShopId(column)
                    && isOf(column, table, alone)) {
                return parameter.getIndex() - 1;
            }
        }
        return -1;
    }

    private static boolean isShopId(Column column) {
        return column.getUnquotedColumnName().equalsIgnoreCase(COLUMN) && column.getArrayConstructor() == null;
    }

    private static boolean isOf(Column column, Table table, boolean alone) {
        var qualifier = column.getTable();
        if (qualifier == null || qualifier.getNameParts().isEmpty()) {
            return alone;
        }
        var alias = table.getAlias();
        var called = alias == null ? table.getUnquotedName() : alias.getUnquotedName();
        return qualifier.getNameParts().size() == 1
                && qualifier.getUnquotedName().equals(called);
    }

    private boolean isTenant(Table table) {
        return table.getNameParts().size() == 1 && tables.tenant().contains(name(table));
    }

    private static boolean isPlain(Join join) {
        boolean exotic = join.isRight()
                || join.isFull()
                || join.isNatural()
                || join.isApply()
                || join.isSemi()
                || join.isGlobal()
                || join.isWindowJoin()
                || (join.isOuter() && !join.isLeft());
        return !exotic && orEmpty(join.getOnExpressions()).size() <= 1;
    }

    private static Stream<Expression> on(Join join) {
        return orEmpty(join.getOnExpressions()).stream().flatMap(Bindings::conjuncts);
    }

    private static Stream<Expression> conjuncts(@Nullable Expression condition) {
        if (condition == null) {
            return Stream.empty();
        }
        if (condition instanceof AndExpression and) {
            return Stream.concat(conjuncts(and.getLeftExpression()), conjuncts(and.getRightExpression()));
        }
        if (condition instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return conjuncts(list.getFirst());
        }
        return Stream.of(condition);
    }

    private static <T> Collection<T> orEmpty(@Nullable Collection<T> items) {
        return items == null ? List.of() : items;
    }
}
