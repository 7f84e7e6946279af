package io.xiaoer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.access.Cidrs;
import io.xiaoer.gateway.limit.LimitSettings;
import io.xiaoer.gateway.route.RouteSettings;
import io.xiaoer.gateway.web.WebSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    /// The gateway's prefix changed once, and names that nobody knows are ignored in silence.
    @Test
    void everyPropertyOfTheApplicationBinds() throws Exception {
        var known = knownProperties();
        var maps = Set.of(
                "spring.cloud.discovery.client.simple.instances.",
                "logging.level.",
                "management.endpoint.",
                "management.metrics.distribution.slo.");
        var source = (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .getFirst();

        assertThat(source.getPropertyNames())
                .filteredOn(name -> !name.startsWith("xiaoer."))
                .filteredOn(name -> maps.stream().noneMatch(name::startsWith))
                .allSatisfy(name -> assertThat(known).contains(name.replaceAll("\\[[0-9]+]", "")));
    }

    @Test
    void routesHaveTheirDefaults() {
        var routes = bind("xiaoer.routes", RouteSettings.class, Map.of());

        assertThat(routes.session()).isEqualTo(URI.create("lb://session-service"));
        assertThat(routes.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(routes.responseTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(routes.waitGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(routes.batchTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(routes.cardTimeout()).isEqualTo(Duration.ofSeconds(12));
        assertThat(routes.connectionsPerInstance()).isEqualTo(50);
        assertThat(routes.keepAlive()).isEqualTo(Duration.ofSeconds(30));
        assertThat(routes.maxFrame()).isEqualTo(DataSize.ofKilobytes(64));
    }

    @Test
    void routesMayLeadToPlainAddresses() {
        var routes =
                bind("xiaoer.routes", RouteSettings.class, Map.of("xiaoer.routes.order-sync", "http://orders:8083"));

        assertThat(routes.orderSync()).isEqualTo(URI.create("http://orders:8083"));
    }

    @Test
    void limitsHaveTheirDefaultsAndBounds() {
        var limits =
                bind("xiaoer.limits.ip", LimitSettings.class, Map.of("xiaoer.limits.ip.exempt", "10.0.0.0/8, ::1"));

        assertThat(limits.calls()).isEqualTo(300);
        assertThat(limits.window()).isEqualTo(Duration.ofMinutes(1));
        assertThat(limits.exempt()).containsExactly("10.0.0.0/8", "::1");
        assertThatThrownBy(() -> bind("xiaoer.limits.ip", LimitSettings.class, Map.of("xiaoer.limits.ip.calls", "0")))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("xiaoer.limits.ip.calls");
    }

    @Test
    void noProxyIsTrustedByDefault() {
        assertThat(bind("xiaoer.gateway", WebSettings.class, Map.of()).trustedProxies())
                .isEmpty();
    }

    @Test
    void whatIsNoRangeIsRefusedUnderTheNameOfItsSetting() {
        var exempt = Map.of("xiaoer.limits.ip.exempt", "127.0.0.0/8, office");
        assertThatThrownBy(() -> bind("xiaoer.limits.ip", LimitSettings.class, exempt))
                .rootCause()
                .hasMessage("xiaoer.limits.ip.exempt must be address ranges such as 10.0.0.0/8, and office is none");
        var proxies = Map.of("xiaoer.gateway.trusted-proxies", "10.0.0.0/33");
        assertThatThrownBy(() -> bind("xiaoer.gateway", WebSettings.class, proxies))
                .rootCause()
                .hasMessageContaining("xiaoer.gateway.trusted-proxies (XIAOER_TRUSTED_PROXIES) must be address ranges");
    }

    @Test
    void rangesHoldTheirAddresses() {
        var ranges = new Cidrs(List.of("10.0.0.0/8", "192.168.1.128/25", "::1", "2001:db8::/33"));

        for (var inside : List.of("10.200.3.4", "192.168.1.129", "::1", "2001:db8:7fff::1", "::ffff:10.1.1.1")) {
            assertThat(ranges.contains(Cidrs.literal(inside))).as(inside).isTrue();
        }
        for (var outside : List.of("11.0.0.1", "192.168.1.127", "::2", "2001:db8:8000::1", "127.0.0.1")) {
            assertThat(ranges.contains(Cidrs.literal(outside))).as(outside).isFalse();
        }
        for (var nonsense : List.of("localhost", "10.0.0.0/33", "10.0.0.0/x")) {
            assertThatThrownBy(() -> new Cidrs(List.of(nonsense))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
    }

    private static Set<String> knownProperties() throws Exception {
        var known = new HashSet<String>();
        var files = SettingsTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json");
        while (files.hasMoreElements()) {
            try (var in = files.nextElement().openStream()) {
                var metadata = JSON.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                metadata.getJSONArray("properties").toJavaList(JSONObject.class).stream()
                        .map(property -> property.getString("name"))
                        .forEach(known::add);
            }
        }
        return known;
    }
}
