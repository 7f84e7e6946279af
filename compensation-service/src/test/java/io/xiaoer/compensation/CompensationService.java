package io.xiaoer.compensation;

import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/// Runs the whole service on a free port, over real servers, with short waits.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithServers(
        value = {ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_compensation")
@WithIssuers
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "xiaoer.compensation.retry.first=1h",
            "xiaoer.compensation.retry.longest=2h",
            "xiaoer.compensation.retry.settle=2s",
            "xiaoer.compensation.retry.every=200ms"
        })
public @interface CompensationService {}
