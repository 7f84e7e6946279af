package io.xiaoer.session.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.session.SessionServiceTest;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;

/// A table that does not answer costs a call its own part, and the pool no connection for long.
@SessionServiceTest
class SlowTableIT {

    @Autowired
    private Archive archive;

    @Autowired
    private DataSource database;

    @Test
    @Timeout(value = 25, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aReadOfALockedTableEndsByItself() throws Exception {
        var user = new UserKey(new ShopId("slow"), UserKey.Kind.USER, "somebody");
        try (var other = database.getConnection();
                var statement = other.createStatement()) {
            statement.execute("LOCK TABLES message WRITE");
            try {
                assertThatThrownBy(() -> archive.read(user, "0", 10)).isInstanceOf(DataAccessException.class);
            } finally {
                statement.execute("UNLOCK TABLES");
            }
        }

        assertThat(archive.read(user, "0", 10)).isEmpty();
    }
}
