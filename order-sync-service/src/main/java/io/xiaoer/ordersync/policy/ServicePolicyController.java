package io.xiaoer.ordersync.policy;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.order.Rules;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where a merchant says how far shoppers may help themselves.
@RestController
@RequestMapping("/api/v1/service-policy")
class ServicePolicyController {
    private final ServicePolicies policies;

    ServicePolicyController(ServicePolicies policies) {
        this.policies = policies;
    }

    /// The body of a `PUT`; what is left out has its default.
    record PolicyRequest(
            @Nullable Integer returnDays,
            @Nullable Integer exchangeDays,
            @Nullable Integer priceProtectionDays,
            @Nullable Map<CompensationCause, @Nullable String> compensations) {
        ServicePolicy policy() {
            return ServicePolicy.of(returnDays, exchangeDays, priceProtectionDays, compensations);
        }
    }

    @GetMapping
    Answer<Resource<ServicePolicy>> show(Caller caller) {
        var shop = caller.requireShop();
        return answer(shop.value(), policies.of(shop));
    }

    @PutMapping
    Answer<Resource<ServicePolicy>> put(Caller caller, @RequestBody PolicyRequest request) {
        var shop = caller.requireShop();
        var policy = Rules.valid(request::policy);
        policies.put(shop, policy);
        return answer(shop.value(), policy);
    }

    private static Answer<Resource<ServicePolicy>> answer(String shop, ServicePolicy policy) {
        return Answer.of(new Resource<>(shop, "service_policy", policy));
    }
}
