package io.xiaoer.common.request;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Import this into a service on servlets: ids and access log for every call, before anything may refuse it.
@Configuration(proxyBeanMethods = false)
public class RequestConfiguration {

    @Bean
    FilterRegistrationBean<RequestFilter> requestFilter() {
        var registration = new FilterRegistrationBean<>(new RequestFilter(System::nanoTime));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        registration.setAsyncSupported(true);
        return registration;
    }
}
