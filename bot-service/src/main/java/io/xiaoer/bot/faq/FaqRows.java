package io.xiaoer.bot.faq;

import com.alibaba.fastjson2.JSONException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Makes entries of rows. A row that cannot be read is left out, told of and counted once, so that it stands in the way
/// of no other; its merchant mends it by putting or deleting the entry.
@Component
class FaqRows {

    /// The most unreadable rows that are remembered; the oldest of more is told of again.
    private static final int REMEMBERED = 1000;

    private static final Logger LOGGER = LoggerFactory.getLogger(FaqRows.class);

    private final FaqMeters meters;
    private final Set<Unreadable> told = Collections.synchronizedSet(Collections.newSetFromMap(new Recent()));

    FaqRows(FaqMeters meters) {
        this.meters = meters;
    }

    /// A row as it was when it could not be read.
    private record Unreadable(String shop, String id, Instant updatedAt) {}

    /// The entry, or nothing.
    Stream<FaqEntry> entry(FaqRow row) {
        try {
            return Stream.of(row.entry());
        } catch (JSONException | IndexOutOfBoundsException | NullPointerException e) {
            tell(row, e);
            return Stream.empty();
        }
    }

    private void tell(FaqRow row, RuntimeException cause) {
        if (told.add(new Unreadable(row.shopId(), row.id(), row.updatedAt()))) {
            meters.unreadable();
            LOGGER.atWarn()
                    .addKeyValue("shop_id", row.shopId())
                    .addKeyValue("faq", row.id())
                    .addKeyValue("reason", cause.getClass().getSimpleName())
                    .log("An entry of the FAQ cannot be read and is left out");
        }
    }

    private static final class Recent extends LinkedHashMap<Unreadable, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Unreadable, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
