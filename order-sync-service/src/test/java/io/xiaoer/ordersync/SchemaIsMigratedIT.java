package io.xiaoer.ordersync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.schema.StrangeSchema;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/// How the schema comes up to date.
@OrderService
class SchemaIsMigratedIT {

    private final Flyway flyway;
    private final DataSource pool;

    @Autowired
    SchemaIsMigratedIT(Flyway flyway, DataSource pool) {
        this.flyway = flyway;
        this.pool = pool;
    }

    @Test
    void aMigrationMayTakeLongerThanAQuery() throws Exception {
        try (var migrating = flyway.getConfiguration().getDataSource().getConnection();
                var asking = pool.getConnection()) {
            assertThat(asking.getNetworkTimeout()).isPositive();
            assertThat(migrating.getNetworkTimeout()).isZero();
            assertThat(migrating.getCatalog()).isEqualTo(asking.getCatalog());
        }
    }

    @Test
    void aSchemaOfAnotherBuildIsToldWithWhatToDo() {
        var history = JdbcClient.create(pool);
        history.sql("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '1100'")
                .update();
        try {
            assertThatThrownBy(flyway::validate).isInstanceOfSatisfying(FlywayException.class, strange -> {
                assertThat(StrangeSchema.reason(strange)).contains("made by another build", "--data", "version 1100");
                var told = new StrangeSchema().analyze(new BeanCreationException("flyway", "failed", strange));
                assertThat(told)
                        .isNotNull()
                        .satisfies(it -> assertThat(it.getAction()).contains("--data", "backup"));
            });
        } finally {
            history.sql("UPDATE flyway_schema_history SET checksum = checksum - 1 WHERE version = '1100'")
                    .update();
        }
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, FailureHandler.handleMessage((notMade, why) -> {})))
                .hasAtLeastOneElementOfType(StrangeSchema.class);
    }

    @Test
    void aMigrationThatFailedIsToldWithWhatToTakeBack() {
        var history = JdbcClient.create(pool);
        history.sql("UPDATE flyway_schema_history SET success = 0 WHERE version = '1100'")
                .update();
        try {
            assertThatThrownBy(flyway::validate).isInstanceOfSatisfying(FlywayException.class, failed -> {
                assertThat(StrangeSchema.reason(failed))
                        .contains("version 1100", "by hand", "flyway_schema_history")
                        .doesNotContain("--data");
                var told = new StrangeSchema().analyze(new BeanCreationException("flyway", "failed", failed));
                assertThat(told).isNotNull().satisfies(it -> {
                    assertThat(it.getDescription()).contains("version 1100");
                    assertThat(it.getAction()).contains("by hand").doesNotContain("empty");
                });
            });
        } finally {
            history.sql("UPDATE flyway_schema_history SET success = 1 WHERE version = '1100'")
                    .update();
        }
    }

    @Test
    void aMigrationThatWasCutOffIsRunAgain() throws Exception {
        var files = new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V1???__*.sql");
        assertThat(files).hasSizeGreaterThan(10);

        new ResourceDatabasePopulator(files).execute(pool);
    }
}
