package io.xiaoer.ordersync.policy;

import io.xiaoer.ordersync.order.Rules;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a shop lets its shoppers do by themselves.
///
/// @param returnDays days after the delivery in which an order is returned; 0: only until it arrives
/// @param exchangeDays the same for an exchange
/// @param priceProtectionDays days after an order in which the difference to a lower price may be asked for
/// @param compensations the coupon template for each cause for which one is given
public record ServicePolicy(
        int returnDays, int exchangeDays, int priceProtectionDays, Map<CompensationCause, String> compensations) {

    static final ServicePolicy DEFAULT = new ServicePolicy(30, 30, 7, Map.of());

    private static final int MOST_DAYS = 3650;

    public ServicePolicy {
        Rules.range("return_days", returnDays, 0, MOST_DAYS);
        Rules.range("exchange_days", exchangeDays, 0, MOST_DAYS);
        Rules.range("price_protection_days", priceProtectionDays, 0, MOST_DAYS);
        var templates = new EnumMap<CompensationCause, String>(CompensationCause.class);
        compensations.forEach((cause, template) -> templates.put(cause, Rules.id("compensations", template)));
        compensations = Collections.unmodifiableMap(templates);
    }

    /// What was given, and the default for what was not. A cause without a template is as one that is left out.
    static ServicePolicy of(
            @Nullable Integer returnDays,
            @Nullable Integer exchangeDays,
            @Nullable Integer priceProtectionDays,
            @Nullable Map<CompensationCause, @Nullable String> compensations) {
        return new ServicePolicy(
                returnDays == null ? DEFAULT.returnDays : returnDays,
                exchangeDays == null ? DEFAULT.exchangeDays : exchangeDays,
                priceProtectionDays == null ? DEFAULT.priceProtectionDays : priceProtectionDays,
                compensations == null ? DEFAULT.compensations : given(compensations));
    }

    private static Map<CompensationCause, String> given(Map<CompensationCause, @Nullable String> compensations) {
        var given = new EnumMap<CompensationCause, String>(CompensationCause.class);
        compensations.forEach((cause, template) -> {
            if (template != null) {
                given.put(cause, template);
            }
        });
        return given;
    }
}
