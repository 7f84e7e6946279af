package io.xiaoer.common.tenant;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.TenantVerdict.Bound;
import io.xiaoer.common.tenant.TenantVerdict.Refused;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ibatis.executor.statement.StatementHandler;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.plugin.Interceptor;
import org.apache.ibatis.plugin.Intercepts;
import org.apache.ibatis.plugin.Invocation;
import org.apache.ibatis.plugin.Signature;
import org.apache.ibatis.reflection.SystemMetaObject;
import org.jspecify.annotations.Nullable;

/// Stands before every execution of a MyBatis statement, re-used and batched ones too (which is why it
/// hooks into the setting of parameters: preparing is skipped for those), and compares the values bound to
/// `shop_id` with [Tenant#require()].
///
/// It sees executions only. A session cache would answer without one; [TenantConfiguration] turns those off.
@Intercepts(@Signature(type = StatementHandler.class, method = "parameterize", args = Statement.class))
public final class TenantInterceptor implements Interceptor {

    private final TenantStatements statements;
    private final Map<String, Boolean> crossing = new ConcurrentHashMap<>();

    public TenantInterceptor(TenantTables tables) {
        this.statements = new TenantStatements(tables);
    }

    @Override
    public Object intercept(Invocation invocation) throws Throwable {
        var handler = SystemMetaObject.forObject(unwrapped(invocation.getTarget()));
        var statement = (MappedStatement) handler.getValue("delegate.mappedStatement");
        if (!crossing.computeIfAbsent(statement.getId(), TenantInterceptor::isCrossTenant)) {
            check(statement, (BoundSql) handler.getValue("delegate.boundSql"));
        }
        return invocation.proceed();
    }

    private void check(MappedStatement statement, BoundSql sql) {
        switch (statements.judge(sql.getSql())) {
            case Refused refused -> throw refusal(statement, refused.reason());
            case Bound bound -> check(statement, sql, bound);
        }
    }

    private static void check(MappedStatement statement, BoundSql sql, Bound bound) {
        if (bound.count() != sql.getParameterMappings().size()) {
            throw refusal(statement, "has other parameters than its text shows");
        }
        for (int parameter : bound.parameters()) {
            if (!Tenant.require().value().equals(text(value(statement, sql, parameter)))) {
                throw refusal(statement, "is bound to another shop than the work's own");
            }
        }
    }

    /// The value as MyBatis itself is going to set it.
    private static @Nullable Object value(MappedStatement statement, BoundSql sql, int parameter) {
        var property = sql.getParameterMappings().get(parameter).getProperty();
        var argument = sql.getParameterObject();
        if (sql.hasAdditionalParameter(property)) {
            return sql.getAdditionalParameter(property);
        }
        if (argument == null) {
            return null;
        }
        var configuration = statement.getConfiguration();
        if (configuration.getTypeHandlerRegistry().hasTypeHandler(argument.getClass())) {
            return argument;
        }
        return configuration.newMetaObject(argument).getValue(property);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof ShopId || value instanceof String ? value.toString() : null;
    }

    private static TenantViolation refusal(MappedStatement statement, String reason) {
        return new TenantViolation("statement " + statement.getId() + " " + reason);
    }

    private static Object unwrapped(Object target) {
        Object handler = target;
        while (Proxy.isProxyClass(handler.getClass())) {
            handler = SystemMetaObject.forObject(Proxy.getInvocationHandler(handler))
                    .getValue("target");
        }
        return handler;
    }

    private static boolean isCrossTenant(String statement) {
        int end = statement.lastIndexOf('.');
        try {
            var mapper = Class.forName(
                    statement.substring(0, end), false, Thread.currentThread().getContextClassLoader());
            return Arrays.stream(mapper.getMethods())
                    .filter(method -> method.getName().equals(statement.substring(end + 1)))
                    .anyMatch(TenantInterceptor::isMarked);
        } catch (ClassNotFoundException withoutMapper) {
            return false;
        }
    }

    private static boolean isMarked(Method method) {
        return method.isAnnotationPresent(CrossTenant.class);
    }
}
