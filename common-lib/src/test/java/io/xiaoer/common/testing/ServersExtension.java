package io.xiaoer.common.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.SearchOption;

/// Carries out [WithServers] at the earliest moment that JUnit offers, whatever the class's lifecycle: a Spring context
/// is built when the test instance is.
final class ServersExtension implements BeforeAllCallback, TestInstancePreConstructCallback {

    static {
        // A condition that will never hold may take long to say so; one that holds late, on a busy machine, must pass.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        startFor(context.getRequiredTestClass());
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext instance, ExtensionContext context)
            throws Exception {
        startFor(instance.getTestClass());
    }

    private static void startFor(Class<?> testClass) throws Exception {
        var wish =
                AnnotationSupport.findAnnotation(testClass, WithServers.class, SearchOption.INCLUDE_ENCLOSING_CLASSES);
        if (wish.isPresent()) {
            RealServers.startAll(wish.get().schema(), wish.get().value());
        }
    }
}
