package io.xiaoer.common.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.CrossTenant;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.common.tenant.TenantViolation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.ibatis.binding.BindingException;
import org.apache.ibatis.mapping.SqlCommandType;
import org.apache.ibatis.session.SqlSessionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What keeps the shops of a service's database apart, tried statement by statement and table by table. A statement or
/// a table that is added is tried too, or fails the test until somebody says why it may be as it is.
///
/// Each statement runs inside a transaction that is taken back, over one row in every table of a shop: all texts and
/// all numbers of that row are the same, as are all arguments, so that whatever a statement looks for is there.
public final class ShopsApart {

    static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05Z");

    private final SqlSessionFactory sessions;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final ShopId mine = new ShopId("m-" + UUID.randomUUID().toString().substring(0, 8));
    private final ShopId other = new ShopId("o-" + UUID.randomUUID().toString().substring(0, 8));
    /// Small enough for INT and for VARCHAR(8).
    private final int number = ThreadLocalRandom.current().nextInt(1_000_000, 10_000_000);

    public ShopsApart(SqlSessionFactory sessions) {
        this.sessions = sessions;
        DataSource source = sessions.getConfiguration().getEnvironment().getDataSource();
        database = JdbcClient.create(source);
        transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    /// Tries every statement of every mapper that is not marked [CrossTenant]: under another shop's work and under
    /// nobody's it is refused; with the other shop's own id it finds and changes nothing.
    ///
    /// @param shopless statements over tables without a shop, `Mapper.method`, each with the reason why its caller
    ///     knows whose rows it means
    public void everyStatementKeepsToItsShop(Map<String, String> shopless) {
        var statements = statements();
        var without = statements.stream()
                .filter(method -> !MadeArguments.nameAShop(method))
                .map(ShopsApart::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(without).as("statements that name no shop").isEqualTo(new TreeSet<>(shopless.keySet()));

        int found = 0;
        int tried = 0;
        for (var method : statements) {
            if (!shopless.containsKey(name(method))) {
                refuses(method, other, mine);
                refuses(method, null, mine);
                showsNothing(method);
                tried++;
                found += findsItsOwn(method) ? 1 : 0;
            }
        }

        System.out.printf("%d statements keep to their shop; %d of them found the own shop's row%n", tried, found);
        assertThat(found).as("statements that find the row with the right shop").isGreaterThan(tried / 3);
    }

    /// Every unique key of a table with a `shop_id` begins with it.
    ///
    /// @param exceptions tables of which that is not so, each with its reason
    /// @param shopless   tables without a `shop_id`
    public void everyKeyLeadsWithTheShop(Map<String, String> exceptions, Collection<String> shopless) {
        var tenant = tenantTables();
        var others = names("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                + " AND table_type = 'BASE TABLE' AND table_name <> 'flyway_schema_history'");
        others.removeAll(tenant);
        var leading = names(
                "SELECT DISTINCT table_name FROM information_schema.statistics"
                        + " WHERE table_schema = DATABASE() AND non_unique = 0 AND seq_in_index = 1 AND column_name <> 'shop_id'");
        leading.retainAll(tenant);
        var withoutPrimary = new TreeSet<>(tenant);
        withoutPrimary.removeAll(names("SELECT DISTINCT table_name FROM information_schema.statistics"
                + " WHERE table_schema = DATABASE() AND index_name = 'PRIMARY'"));

        assertThat(others).as("tables without a shop").isEqualTo(new TreeSet<>(shopless));
        assertThat(leading)
                .as("tables with a unique key that does not begin with the shop")
                .isEqualTo(new TreeSet<>(exceptions.keySet()));
        assertThat(withoutPrimary).as("tables of shops without a primary key").isEmpty();
    }

    private void refuses(Method method, @Nullable ShopId working, ShopId asked) {
        var outcome = inTransaction(() -> call(method, working, asked));
        assertThat(outcome)
                .as("%s of %s in the work of %s", name(method), asked, working)
                .isEqualTo(Outcome.REFUSED);
    }

    private void showsNothing(Method method) {
        inTransaction(() -> {
            seed();
            var before = rows();
            var outcome = call(method, other, other);
            assertThat(outcome).as("%s of the other shop", name(method)).isEqualTo(Outcome.NOTHING);
            assertThat(rows())
                    .as("rows after %s of the other shop", name(method))
                    .isEqualTo(before);
            return outcome;
        });
    }

    /// The counter-proof: with the right shop the row is there to be found, though its texts may be no constants of an
    /// enum, or is in the way.
    private boolean findsItsOwn(Method method) {
        return inTransaction(() -> {
            seed();
            var before = rows();
            return call(method, mine, new MadeArguments(mine, number)) != Outcome.NOTHING || !rows().equals(before);
        });
    }

    private enum Outcome {
        REFUSED,
        NOTHING,
        SOMETHING,
        FAILED
    }

    private Outcome call(Method method, @Nullable ShopId working, ShopId asked) {
        var outcome = call(method, working, new MadeArguments(asked, number));
        // A column that is too narrow for the number of the rows.
        return outcome == Outcome.FAILED ? call(method, working, new MadeArguments(asked, 1)) : outcome;
    }

    private Outcome call(Method method, @Nullable ShopId working, MadeArguments made) {
        var arguments = made.of(method);
        return working == null ? call(method, arguments) : Tenant.call(working, () -> call(method, arguments));
    }

    private Outcome call(Method method, Object[] arguments) {
        try (var session = sessions.openSession()) {
            method.setAccessible(true);
            var answer = method.invoke(session.getMapper(method.getDeclaringClass()), arguments);
            return isQuery(method) || !isInsert(method) ? outcome(answer) : Outcome.NOTHING;
        } catch (InvocationTargetException failure) {
            return failed(Objects.requireNonNull(failure.getCause()));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Outcome failed(Throwable failure) {
        // How MyBatis says that a query for one number found no row.
        if (failure instanceof BindingException) {
            return Outcome.NOTHING;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TenantViolation) {
                return Outcome.REFUSED;
            }
        }
        return Outcome.FAILED;
    }

    private static Outcome outcome(@Nullable Object answer) {
        boolean nothing = switch (answer) {
            case null -> true;
            case Collection<?> rows -> rows.isEmpty();
            case Number count -> count.longValue() == 0;
            case Boolean changed -> !changed;
            default -> false;
        };
        return nothing ? Outcome.NOTHING : Outcome.SOMETHING;
    }

    private List<Method> statements() {
        return sessions.getConfiguration().getMapperRegistry().getMappers().stream()
                .flatMap(mapper -> Arrays.stream(mapper.getDeclaredMethods()))
                .filter(method -> !method.isDefault() && !method.isSynthetic())
                .filter(method -> !method.isAnnotationPresent(CrossTenant.class))
                .sorted(Comparator.comparing(ShopsApart::name))
                .toList();
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private boolean isQuery(Method method) {
        return command(method) == SqlCommandType.SELECT;
    }

    private boolean isInsert(Method method) {
        return command(method) == SqlCommandType.INSERT;
    }

    private SqlCommandType command(Method method) {
        return sessions.getConfiguration()
                .getMappedStatement(method.getDeclaringClass().getName() + "." + method.getName())
                .getSqlCommandType();
    }

    private <T> T inTransaction(Supplier<T> work) {
        var result = transaction.execute(status -> {
            status.setRollbackOnly();
            return work.get();
        });
        return Objects.requireNonNull(result);
    }

    // --- tables

    private void seed() {
        for (var table : tenantTables()) {
            var columns = columns(table);
            var names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
            var marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
            database.sql("INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")")
                    .params(columns.stream().map(this::value).toList())
                    .update();
        }
    }

    private List<String> rows() {
        var rows = new ArrayList<String>();
        for (var table : tenantTables()) {
            database.sql("SELECT * FROM " + table + " WHERE shop_id = ?")
                    .param(mine.value())
                    .query((row, at) -> {
                        var values = new ArrayList<@Nullable String>();
                        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                            values.add(row.getString(column));
                        }
                        return table + values;
                    })
                    .list()
                    .forEach(rows::add);
        }
        return rows;
    }

    private Object value(Column column) {
        if (column.name().equals("shop_id")) {
            return mine.value();
        }
        var text = Integer.toString(number);
        return switch (column.type()) {
            case "tinyint" -> 1;
            case "int", "bigint" -> number;
            case "datetime" -> LocalDateTime.ofInstant(MOMENT, ZoneOffset.UTC);
            case "binary", "varbinary", "blob", "mediumblob", "longblob" -> text.getBytes(StandardCharsets.US_ASCII);
            default -> text.substring(0, (int) Math.min(text.length(), column.length()));
        };
    }

    private record Column(String name, String type, long length) {}

    private List<Column> columns(String table) {
        return database.sql("SELECT column_name, data_type, COALESCE(character_maximum_length, 1000)"
                        + " FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE() AND table_name = ? AND is_generated = 'NEVER'")
                .param(table)
                .query((row, at) -> new Column(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    private TreeSet<String> tenantTables() {
        return names("SELECT table_name FROM information_schema.columns"
                + " WHERE table_schema = DATABASE() AND column_name = 'shop_id'");
    }

    private TreeSet<String> names(String sql) {
        return Stream.ofNullable(database.sql(sql).query(String.class).list())
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
