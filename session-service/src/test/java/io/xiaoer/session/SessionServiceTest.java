package io.xiaoer.session;

import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/// The whole service on a free port over real servers. Classes with this annotation share one instance, so each makes
/// its own shops and users.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.port=0", "management.server.port=0"})
public @interface SessionServiceTest {}
