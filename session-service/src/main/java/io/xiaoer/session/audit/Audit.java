package io.xiaoer.session.audit;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Writes `audit_entry`.
@Component
public class Audit {

    /// What is recorded.
    public enum Action {
        GUEST_BOUND,
        USER_ERASED
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    Audit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Adds an entry to the caller's transaction.
    ///
    /// @param actor who did it; null if that is who the entry must not name
    /// @param subject whose data it is; null if the entry must not name them
    /// @param detail what else there is to say, without personal data of others
    public void add(ShopId shop, @Nullable String actor, Action action, @Nullable UserKey subject, String detail) {
        jdbc.sql("INSERT INTO audit_entry (shop_id, at, actor, action, subject, detail, request_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")
                .param(shop.value())
                .param(clock.millis())
                .param(actor)
                .param(action.name())
                .param(subject == null ? null : subject.name())
                .param(detail)
                .param(MDC.get("request_id"))
                .update();
    }

    /// Takes a user's name out of all entries; what was done stays.
    public void forget(UserKey user) {
        jdbc.sql("UPDATE audit_entry SET subject = NULL, actor = NULL, detail = ''"
                        + " WHERE shop_id = ? AND subject = ?")
                .params(user.shop().value(), user.name())
                .update();
    }
}
