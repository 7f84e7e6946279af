package io.xiaoer.ordersync.source;

import io.xiaoer.ordersync.OrderService;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/// The whole service, which asks platforms every second and may find them on this machine.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@OrderService
@TestPropertySource(
        properties = {
            "xiaoer.sources.every=1s",
            "xiaoer.sources.tick=200ms",
            "xiaoer.sources.concurrency=8",
            "xiaoer.sources.pages=2",
            "xiaoer.sources.private-addresses=true"
        })
@interface SourceService {}
