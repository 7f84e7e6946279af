package io.xiaoer.common.tenant;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import org.jspecify.annotations.Nullable;

/// Every object of a parsed statement, found by following all fields instead of the parser's visitors:
/// visitors forget branches, and what they forget would pass unseen. Tables that only qualify a column
/// (`a.shop_id`, `a.*`) are left out.
final class SyntaxTree {

    private static final String PARSED = "net.sf.jsqlparser.";

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Object> nodes = new ArrayList<>();
    private final Deque<Object> open = new ArrayDeque<>();

    private SyntaxTree(Statement statement) {
        offer(statement);
        while (!open.isEmpty()) {
            expand(open.pop());
        }
    }

    static SyntaxTree of(Statement statement) {
        return new SyntaxTree(statement);
    }

    <T> List<T> all(Class<T> type) {
        return nodes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void expand(Object node) {
        nodes.add(node);
        switch (node) {
            case Collection<?> items -> items.forEach(this::offer);
            case Map<?, ?> entries -> {
                entries.keySet().forEach(this::offer);
                entries.values().forEach(this::offer);
            }
            case Object[] items -> List.of(items).forEach(this::offer);
            case Optional<?> item -> item.ifPresent(this::offer);
            default -> {}
        }
        for (Class<?> type = node.getClass(); isParsed(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !isQualifier(node, field)) {
                    offer(read(node, field));
                }
            }
        }
    }

    private void offer(@Nullable Object value) {
        if (value != null && isFollowed(value) && seen.add(value)) {
            open.push(value);
        }
    }

    private static boolean isFollowed(Object value) {
        if (value instanceof Node || value instanceof Token || value instanceof Enum<?>) {
            return false;
        }
        return value instanceof Collection<?>
                || value instanceof Map<?, ?>
                || value instanceof Object[]
                || value instanceof Optional<?>
                || isParsed(value.getClass());
    }

    private static boolean isParsed(@Nullable Class<?> type) {
        return type != null && type.getName().startsWith(PARSED);
    }

    private static boolean isQualifier(Object node, Field field) {
        return (node instanceof Column || node instanceof AllTableColumns)
                && field.getName().equals("table");
    }

    private static @Nullable Object read(Object node, Field field) {
        try {
            field.setAccessible(true);
            return field.get(node);
        } catch (IllegalAccessException unreadable) {
            throw new TenantViolation("a part of the parsed statement cannot be read: " + field);
        }
    }
}
