package io.xiaoer.bot.dialog.function;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;

/// The functions of this application: found once all beans stand, so that a bean with functions may use what it likes.
@Component
final class FunctionBeans implements Functions, SmartInitializingSingleton, DisposableBean {

    private final ConfigurableListableBeanFactory beans;
    private final FunctionMeters meters;
    private volatile @Nullable MethodFunctions functions;

    FunctionBeans(ConfigurableListableBeanFactory beans, MeterRegistry registry) {
        this.beans = beans;
        this.meters = new FunctionMeters(registry);
    }

    @Override
    public void afterSingletonsInstantiated() {
        found();
    }

    /// Others may ask as soon as all beans stand, be it before this one is told.
    private synchronized MethodFunctions found() {
        var known = functions;
        if (known == null) {
            known = search();
            functions = known;
        }
        return known;
    }

    private MethodFunctions search() {
        var found = new ArrayList<Object>();
        for (String name : beans.getBeanNamesForType(Object.class, false, false)) {
            Object bean = beans.getSingleton(name);
            if (bean != null
                    && AopUtils.getTargetClass(bean).getName().startsWith("io.xiaoer.")
                    && !found.contains(bean)) {
                found.add(bean);
            }
        }
        return MethodFunctions.of(found, meters);
    }

    @Override
    public Catalogue catalogue() {
        return found().catalogue();
    }

    @Override
    public @Nullable Object call(FunctionSpec function, Map<String, Object> arguments, Call call) {
        return found().call(function, arguments, call);
    }

    @Override
    public void destroy() {
        var known = functions;
        if (known != null) {
            known.close();
        }
    }
}
