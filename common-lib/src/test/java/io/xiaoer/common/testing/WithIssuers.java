package io.xiaoer.common.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Lets a service under test take the tokens of [TestIssuers]. Stands above `@SpringBootTest`.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(WithIssuers.Surroundings.class)
public @interface WithIssuers {

    /// Sets the system properties before the Spring context reads them.
    final class Surroundings implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            TestIssuers.surroundings().forEach(System::setProperty);
        }
    }
}
