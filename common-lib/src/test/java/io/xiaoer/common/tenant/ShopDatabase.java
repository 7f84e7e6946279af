package io.xiaoer.common.tenant;

import io.xiaoer.common.testing.RealServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ibatis.builder.StaticSqlSource;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.ParameterMapping;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.mapping.SqlCommandType;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// A database for [MadeStatements], asked through MyBatis. Nothing that is run here stays.
final class ShopDatabase {

    private static final int ROWS = 6;
    private static final String COLUMNS =
            "(shop_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, id INT NOT NULL, ref INT NOT NULL,"
                    + " kind INT NULL, n INT NULL, PRIMARY KEY (shop_id, id)) ENGINE = InnoDB";
    /// Holds rows of all shops, and nobody declared it.
    private static final String HIDDEN = "hidden";

    private final String url;
    private final SingleConnectionDataSource connection;
    private final SqlSession session;
    private int statements;

    private ShopDatabase(String url, @Nullable TenantInterceptor interceptor) {
        this.url = url;
        connection = new SingleConnectionDataSource(url, RealServers.dbUser(), RealServers.dbPassword(), true);
        var configuration = new Configuration(new Environment("made", new JdbcTransactionFactory(), connection));
        configuration.setCallSettersOnNulls(true);
        configuration.setReturnInstanceForEmptyRow(true);
        configuration.setDefaultStatementTimeout(20);
        if (interceptor != null) {
            configuration.addInterceptor(interceptor);
        }
        session = new DefaultSqlSessionFactory(configuration).openSession(false);
    }

    /// New, empty tables.
    static ShopDatabase create(String url, @Nullable TenantInterceptor interceptor) {
        dropTables(url);
        tables().forEach(table -> sql(url, "CREATE TABLE " + table + " " + COLUMNS));
        sql(url, "CREATE TABLE " + MadeStatements.SHARED + " (id INT PRIMARY KEY, n INT NULL) ENGINE = InnoDB");
        for (int id = 0; id < ROWS; id++) {
            sql(url, "INSERT INTO " + MadeStatements.SHARED + " VALUES (" + id + ", " + (ROWS - id) + ")");
        }
        return new ShopDatabase(url, interceptor);
    }

    /// The same database without anything before it.
    ShopDatabase unguarded() {
        return new ShopDatabase(url, null);
    }

    /// A shop has the same rows wherever it is, and another one other rows under the same ids.
    void fill(String... shops) {
        for (var shop : shops) {
            var random = new Random(Long.parseLong(shop));
            for (var table : tables()) {
                for (int id = 0; id < ROWS; id++) {
                    sql(
                            url,
                            "INSERT INTO %s VALUES ('%s', %d, %d, %s, %s)"
                                    .formatted(table, shop, id, random.nextInt(ROWS), value(random), value(random)));
                }
            }
        }
    }

    private static String value(Random random) {
        int value = random.nextInt(-1, ROWS);
        return value < 0 ? "NULL" : Integer.toString(value);
    }

    /// Runs the statement and takes back what it did.
    Outcome run(MadeStatement made) {
        var id = add(made);
        var arguments = new HashMap<String, Object>();
        for (int at = 0; at < made.arguments().size(); at++) {
            arguments.put("p" + at, made.arguments().get(at));
        }
        try {
            if (made.isQuery()) {
                var rows = new ArrayList<String>();
                session.<Map<String, Object>>selectList(id, arguments).forEach(row -> rows.add(row.toString()));
                rows.sort(null);
                return new Outcome(false, "", rows, 0, List.of());
            }
            int affected = session.update(id, arguments);
            return new Outcome(false, "", List.of(), affected, seen(MadeStatement.MINE));
        } catch (PersistenceException failure) {
            return failed(failure);
        } finally {
            session.rollback(true);
        }
    }

    private static Outcome failed(PersistenceException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TenantViolation) {
                return new Outcome(true, "", List.of(), 0, List.of());
            }
            if (cause instanceof SQLException error) {
                return new Outcome(false, error.getErrorCode() + " " + error.getSQLState(), List.of(), 0, List.of());
            }
        }
        throw failure;
    }

    private String add(MadeStatement made) {
        var configuration = session.getConfiguration();
        var parameters = IntStream.range(0, made.arguments().size())
                .mapToObj(at -> new ParameterMapping.Builder(
                                configuration,
                                "p" + at,
                                made.arguments().get(at).getClass())
                        .build())
                .toList();
        statements++;
        var id = "made.s" + statements;
        var builder = new MappedStatement.Builder(
                configuration,
                id,
                new StaticSqlSource(configuration, made.sql(), parameters),
                made.isQuery() ? SqlCommandType.SELECT : SqlCommandType.UPDATE);
        if (made.isQuery()) {
            builder.resultMaps(
                    List.of(new ResultMap.Builder(configuration, id + "-row", LinkedHashMap.class, List.of()).build()));
        }
        configuration.addMappedStatement(builder.build());
        return id;
    }

    /// What a shop has, as the transaction under way sees it.
    private List<String> seen(String shop) {
        var rows = new ArrayList<String>();
        for (var table : tables()) {
            JdbcClient.create(connection)
                    .sql("SELECT * FROM " + table + " WHERE shop_id = ? ORDER BY id")
                    .param(shop)
                    .query()
                    .listOfRows()
                    .forEach(row -> rows.add(table + row));
        }
        return rows;
    }

    /// What a shop has for everybody.
    List<String> rowsOf(String shop) {
        return seen(shop);
    }

    void close() {
        session.close();
        connection.destroy();
    }

    void drop() {
        close();
        dropTables(url);
    }

    private static void dropTables(String url) {
        tables().forEach(table -> sql(url, "DROP TABLE IF EXISTS " + table));
        sql(url, "DROP TABLE IF EXISTS " + MadeStatements.SHARED);
    }

    private static List<String> tables() {
        return Stream.concat(MadeStatements.TENANT.stream(), Stream.of(HIDDEN)).toList();
    }

    private static void sql(String url, String sql) {
        JdbcClient.create(new DriverManagerDataSource(url, RealServers.dbUser(), RealServers.dbPassword()))
                .sql(sql)
                .update();
    }

    /// What became of a statement.
    ///
    /// @param error    of the database, empty if there was none
    /// @param rows     that were read, in an order of their own
    /// @param affected rows that were changed
    /// @param after    all rows of the own shop behind a change
    record Outcome(boolean isRefused, String error, List<String> rows, int affected, List<String> after) {}
}
