package io.xiaoer.compensation.webhook;

import io.xiaoer.common.crypto.EncodedKeyset;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.KeysetSource;
import io.xiaoer.compensation.webhook.address.AddressPolicy;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The keys of encrypted fields, and which addresses may be told.
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
    AddressPolicy addressPolicy(WebhookSettings settings) {
        return new AddressPolicy(settings.allowedNetworks());
    }
}
