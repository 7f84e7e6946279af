package io.xiaoer.bot.faq;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.RunningBot;
import io.xiaoer.common.id.ShopId;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// When an entry was made does not depend on where the process that wrote it, or reads it, runs.
class MomentsAreUtcIT extends RunningBot {
    private final TimeZone here = TimeZone.getDefault();
    private final ShopId shop = new ShopId("s" + UUID.randomUUID().toString().substring(0, 8));

    @Autowired
    private FaqStore store;

    @Autowired
    private JdbcClient database;

    @AfterEach
    void goHome() {
        TimeZone.setDefault(here);
    }

    @Test
    void anEntryIsWrittenAndReadInUtcWhateverTheZoneOfTheProcess() throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
        var put = store.put(shop, List.of(FaqDraft.of("e", "q", List.of(), "a", "en")))
                .getFirst()
                .entry();

        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        var read = store.list(shop, Long.MAX_VALUE, 1).getFirst().entry();

        assertThat(read.createdAt()).isEqualTo(put.createdAt());
        assertThat(read.updatedAt()).isEqualTo(put.updatedAt());
        var stored = database.sql("SELECT created_at FROM faq WHERE shop_id = ?")
                .params(shop.value())
                .query((row, number) -> row.getObject("created_at", LocalDateTime.class))
                .single();
        assertThat(stored.toInstant(ZoneOffset.UTC)).isEqualTo(put.createdAt());
    }
}
