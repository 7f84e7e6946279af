package io.xiaoer.compensation.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.crypto.EncodedKeyset;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.KeysetSource;
import io.xiaoer.common.resealing.Resealing;
import io.xiaoer.common.resealing.ResealingMeters;
import io.xiaoer.common.resealing.SealedTable;
import io.xiaoer.compensation.webhook.address.AddressPolicy;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The keys of encrypted fields, what is encrypted anew when they change, and which addresses may be told.
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {
    @Bean
    KeysetSource fieldKeyset(@Value("${xiaoer.crypto.field-keyset}") String keyset) {
        return new EncodedKeyset(keyset);
    }

    @Bean
    FieldCipher fieldCipher(KeysetSource keyset) {
        return new FieldCipher(keyset);
    }

    @Bean
    Resealing resealing(List<SealedTable<?>> tables, FieldCipher cipher, JdbcClient jdbc, MeterRegistry registry) {
        return new Resealing(tables, cipher, jdbc, new ResealingMeters(registry));
    }

    @Bean
    AddressPolicy addressPolicy(WebhookSettings settings) {
        return new AddressPolicy(settings.allowedNetworks());
    }
}
