package io.xiaoer.compensation;

import io.xiaoer.common.testing.ShopsApart;
import java.util.Map;
import java.util.Set;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// No statement of this service reaches into another shop, and no key lets one.
@CompensationService
class ShopsAreApartIT {

    /// Statements over tables without a shop, and why their callers know whose rows they mean.
    private static final Map<String, String> SHOPLESS_STATEMENTS = Map.of(
            "AuditMapper.insert", "written with a change of the task",
            "AuditMapper.of", "asked behind TaskMapper.find alone",
            "TaskMapper.emptyFailures", "the task was found by its record's key",
            "TaskMapper.failuresOf", "asked behind TaskMapper.find alone",
            "TaskMapper.insertFailure", "written with the task",
            "WebhookMapper.changed", "one number for all endpoints, that says nothing of them",
            "WebhookMapper.version", "one number for all endpoints, that says nothing of them");
    private static final Map<String, String> OTHER_KEYS = Map.of(
            "task", "a dead letter may not say whose it is: the id alone is its key",
            "webhook_delivery", "its order of arrival is counted by the database, and nobody names it");
    private static final Set<String> SHOPLESS_TABLES =
            Set.of("audit", "erased_key", "failure", "node_lease", "outbox", "outbox_lease", "webhook_version");

    private final ShopsApart shops;

    @Autowired
    ShopsAreApartIT(SqlSessionFactory sessions) {
        shops = new ShopsApart(sessions);
    }

    @Test
    void everyStatementKeepsToItsShop() {
        shops.everyStatementKeepsToItsShop(SHOPLESS_STATEMENTS);
    }

    @Test
    void everyKeyLeadsWithTheShop() {
        shops.everyKeyLeadsWithTheShop(OTHER_KEYS, SHOPLESS_TABLES);
    }
}
