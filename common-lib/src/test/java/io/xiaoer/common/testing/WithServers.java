package io.xiaoer.common.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Starts the named servers before the class's first test, and before its Spring context, if they do not run yet.
/// See [RealServers] for how a test reaches them.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ServersExtension.class)
public @interface WithServers {

    ServerKind[] value();

    /// The schema that the system property `DB_URL` names: the service's own.
    String schema() default "xiaoer_test";
}
