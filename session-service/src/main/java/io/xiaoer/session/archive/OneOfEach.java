package io.xiaoer.session.archive;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.LogLimits;
import java.time.Duration;

/// Which rows of `message` are read.
///
/// A message that was not acknowledged may become durable after Redis was emptied and filled again without it. Its
/// author says it again, under the same nonce, and it is given another id, which lies above the first one
/// ([Refill]). Both rows stand in the table then; the one that was not acknowledged is nobody's message and is
/// not read. A nonce that is used anew, once its message has left the roaming log, is another message: the two have as
/// many messages between them as a log keeps, or as many days.
public final class OneOfEach {

    /// A day less than a log keeps what was said, for clocks that differ.
    private static final Duration AT_MOST = LogLimits.CONTRACT.life().minus(Duration.ofDays(1));

    /// To be added to the conditions of a query on `message` alone; it has no parameters and asks the index on the
    /// nonce once for each row.
    public static final String CONDITION = " AND NOT EXISTS (SELECT 1 FROM message again"
            + " WHERE again.shop_id = message.shop_id AND again.user_id = message.user_id"
            + " AND again.sender = message.sender AND again.client_id = message.client_id"
            + " AND again.id > message.id AND again.id < message.id + "
            + SnowflakeIds.span(AT_MOST)
            + " AND (SELECT COUNT(*) FROM message amid"
            + " WHERE amid.shop_id = message.shop_id AND amid.user_id = message.user_id"
            + " AND amid.id > message.id AND amid.id < again.id) < "
            + LogLimits.CONTRACT.kept()
            + ')';

    private OneOfEach() {}
}
