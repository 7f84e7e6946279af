package io.xiaoer.compensation.webhook.sending;

import io.xiaoer.compensation.webhook.WebhookSettings;
import io.xiaoer.compensation.webhook.Webhooks;
import io.xiaoer.compensation.webhook.address.Addresses;
import io.xiaoer.compensation.webhook.delivery.DeliveryQueue;
import io.xiaoer.compensation.webhook.delivery.Lanes;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the parts together.
@Configuration(proxyBeanMethods = false)
class SendingConfiguration {
    @Bean
    HttpSender webhookSender(Addresses addresses, Webhooks webhooks, WebhookSettings settings) {
        return new HttpSender(addresses, webhooks, settings);
    }

    @Bean
    Dispatcher webhookDispatcher(
            DeliveryQueue queue,
            Lanes lanes,
            Webhooks webhooks,
            Sender sender,
            WebhookSettings settings,
            WebhookMeters meters,
            RandomGenerator chance,
            Clock clock) {
        var slots = new Slots(settings.atOnce(), settings.perEndpoint());
        var courier =
                new Courier(lanes, webhooks, sender, new Backoff(settings, chance), settings, slots, meters, clock);
        return new Dispatcher(queue, lanes, courier, slots, settings, chance, clock);
    }
}
