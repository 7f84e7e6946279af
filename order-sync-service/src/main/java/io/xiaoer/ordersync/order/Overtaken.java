package io.xiaoer.ordersync.order;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;

/// Does a transaction again that lost against another: at the primary key, where both were about to make
/// the same row, or in a deadlock. What the other made is there the next time. It must read only what is
/// committed, or two that make one row meet at a lock between keys, and lose and win there in turn.
public final class Overtaken {

    private static final int TRIES = 4;

    private Overtaken() {}

    /// @param transaction all of it: one that goes on behind a key that was taken holds a lock that
    /// others wait for
    /// @throws ProblemException 503 if it lost each of its [#TRIES] tries
    public static <T> T again(Supplier<T> transaction) {
        for (int tries = 1; ; tries++) {
            try {
                return transaction.get();
            } catch (ConcurrencyFailureException | DuplicateKeyException lost) {
                if (tries == TRIES) {
                    throw new ProblemException(ProblemCode.UNAVAILABLE, "Others are changing the same", lost)
                            .header(HttpHeaders.RETRY_AFTER, "1");
                }
            }
        }
    }
}
