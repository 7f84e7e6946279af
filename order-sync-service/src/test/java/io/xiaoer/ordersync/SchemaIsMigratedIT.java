package io.xiaoer.ordersync;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
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
    void aMigrationThatWasCutOffIsRunAgain() throws Exception {
        var files = new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V10??__*.sql");
        assertThat(files).hasSizeGreaterThan(10);

        new ResourceDatabasePopulator(files).execute(pool);
    }
}
