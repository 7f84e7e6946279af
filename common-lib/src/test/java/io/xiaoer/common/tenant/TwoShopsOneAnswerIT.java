package io.xiaoer.common.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/// The claim of the interceptor, tried with statements that nobody thought of: through it, a database of two shops
/// answers as a database of one shop does, and is changed as that one is, or the statement is refused.
@WithServers(ServerKind.MARIADB)
class TwoShopsOneAnswerIT {

    private static final int STATEMENTS = 300;
    private static final Logger DRIVER = (Logger) LoggerFactory.getLogger("org.mariadb.jdbc");

    private ShopDatabase both;
    private ShopDatabase mine;
    private ShopDatabase unguarded;

    /// `XIAOER_TENANT_SEED` tries another one.
    static LongStream seeds() {
        var given = System.getenv("XIAOER_TENANT_SEED");
        return given == null ? LongStream.of(1, 2, 3) : LongStream.of(Long.parseLong(given));
    }

    /// The driver tells each statement that fails, and some are made to.
    @BeforeAll
    static void quiet() {
        DRIVER.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        DRIVER.setLevel(null);
    }

    @BeforeEach
    void fill() {
        var tables = new TenantTables(Set.copyOf(MadeStatements.TENANT), Set.of(MadeStatements.SHARED));
        both = ShopDatabase.create(RealServers.dbUrl("xiaoer_test"), new TenantInterceptor(tables));
        unguarded = both.unguarded();
        mine = ShopDatabase.create(RealServers.dbUrl("xiaoer_bot"), null);
        both.fill(MadeStatement.MINE, MadeStatement.OTHER);
        mine.fill(MadeStatement.MINE);
    }

    @AfterEach
    void drop() {
        unguarded.close();
        both.drop();
        mine.drop();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aStatementDoesWhatItWouldDoIfItsShopWereTheOnlyOneOrIsRefused(long seed) {
        var made = new MadeStatements(seed);
        var others = both.rowsOf(MadeStatement.OTHER);
        int passed = 0;
        int failed = 0;
        int refused = 0;
        int saved = 0;
        for (int number = 0; number < STATEMENTS; number++) {
            var statement = made.next();
            var expected = mine.run(statement);
            var outcome = Tenant.call(new ShopId(MadeStatement.MINE), () -> both.run(statement));
            if (outcome.isRefused()) {
                refused++;
                saved += unguarded.run(statement).equals(expected) ? 0 : 1;
            } else {
                assertThat(outcome)
                        .as("statement %d of seed %d: %s %s", number, seed, statement.sql(), statement.arguments())
                        .isEqualTo(expected);
                passed++;
                failed += outcome.error().isEmpty() ? 0 : 1;
            }
        }

        System.out.printf(
                "Seed %d: %d statements passed, %d of them to fail in both; of %d refused ones %d would have differed%n",
                seed, passed, failed, refused, saved);
        assertThat(both.rowsOf(MadeStatement.OTHER)).isEqualTo(others);
        assertThat(passed).isGreaterThan(STATEMENTS / 3);
        assertThat(failed).isLessThan(passed / 5);
        assertThat(refused).isGreaterThan(STATEMENTS / 5);
        assertThat(saved).isGreaterThan(STATEMENTS / 20);
    }
}
