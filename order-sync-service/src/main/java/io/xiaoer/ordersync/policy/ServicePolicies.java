package io.xiaoer.ordersync.policy;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.TypeReference;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// The policies of shops, in MariaDB, table `service_policy`, a row a shop; rows stay.
@Component
public class ServicePolicies {
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    private final ServicePolicyMapper mapper;
    private final Clock clock;

    ServicePolicies(ServicePolicyMapper mapper, Clock clock) {
        this.mapper = mapper;
        this.clock = clock;
    }

    /// What the shop has set, or the defaults.
    public ServicePolicy of(ShopId shop) {
        var row = Tenant.call(shop, () -> mapper.find(shop));
        return row == null
                ? ServicePolicy.DEFAULT
                : new ServicePolicy(
                        row.returnDays(), row.exchangeDays(), row.priceProtectionDays(), causes(row.compensations()));
    }

    void put(ShopId shop, ServicePolicy policy) {
        var texts = new TreeMap<String, String>();
        policy.compensations().forEach((cause, template) -> texts.put(cause.code(), template));
        var row = new ServicePolicyMapper.Row(
                shop,
                policy.returnDays(),
                policy.exchangeDays(),
                policy.priceProtectionDays(),
                JSON.toJSONString(texts),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        Tenant.run(shop, () -> mapper.put(row));
    }

    private static Map<CompensationCause, String> causes(String json) {
        var causes = new EnumMap<CompensationCause, String>(CompensationCause.class);
        JSON.parseObject(json, TEXTS)
                .forEach(
                        (code, template) -> CompensationCause.of(code).ifPresent(cause -> causes.put(cause, template)));
        return causes;
    }
}
