package io.xiaoer.session;

import io.xiaoer.common.testing.ShopsApart;
import java.util.Map;
import java.util.Set;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// No statement of this service reaches into another shop, and no key lets one.
@SessionServiceTest
class ShopsAreApartIT {

    /// Statements over tables without a shop, and why their callers know whose rows they mean.
    private static final Map<String, String> SHOPLESS_STATEMENTS = Map.of();
    private static final Map<String, String> OTHER_KEYS =
            Map.of("audit_entry", "a log of its own numbers, which nothing refers to; it is read by shop");
    private static final Set<String> SHOPLESS_TABLES =
            Set.of("outbox", "outbox_lease", "node_lease", "archive_offset", "canary");

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
