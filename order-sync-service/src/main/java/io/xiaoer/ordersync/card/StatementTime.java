package io.xiaoer.ordersync.card;

import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.ibatis.executor.statement.StatementHandler;
import org.apache.ibatis.plugin.Interceptor;
import org.apache.ibatis.plugin.Intercepts;
import org.apache.ibatis.plugin.Invocation;
import org.apache.ibatis.plugin.Signature;
import org.springframework.stereotype.Component;

/// Gives the statements of a piece of work the time that it has left, in whole seconds, and none any more
/// when it is over. The database's server ends what takes longer: whoever waits for a statement would break
/// its connection by being interrupted, and the pool would make another one while it is short of them.
@Component
@Intercepts(@Signature(type = StatementHandler.class, method = "parameterize", args = Statement.class))
class StatementTime implements Interceptor {

    private static final ScopedValue<Long> END = ScopedValue.newInstance();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /// Does the work, whose statements are bound by this time from now.
    static <T> T within(Duration time, Callable<T> work) throws Exception {
        return ScopedValue.where(END, System.nanoTime() + time.toNanos()).call(work::call);
    }

    @Override
    public Object intercept(Invocation invocation) throws Throwable {
        if (END.isBound()) {
            long left = END.get() - System.nanoTime();
            if (left <= 0) {
                throw new SQLTimeoutException("nobody waits for the statement any more");
            }
            ((Statement) invocation.getArgs()[0]).setQueryTimeout((int) Math.ceilDiv(left, SECOND));
        }
        return invocation.proceed();
    }
}
