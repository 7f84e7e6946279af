package io.xiaoer.ordersync.keys;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.crypto.EncodedKeyset;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.FieldHash;
import io.xiaoer.common.crypto.KeyService;
import io.xiaoer.common.crypto.LocalKeyService;
import io.xiaoer.common.crypto.VaultSettings;
import io.xiaoer.common.crypto.VaultTransit;
import io.xiaoer.common.resealing.Resealing;
import io.xiaoer.common.resealing.ResealingMeters;
import io.xiaoer.common.resealing.SealedTable;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which key service guards the keys, and what is encrypted anew when they change.
@Configuration(proxyBeanMethods = false)
class KeyConfiguration {

    @Bean
    KeyService keyService(
            @Value("${xiaoer.crypto.service}") String service,
            @Value("${xiaoer.crypto.field-keyset}") String keyset,
            Environment environment) {
        return switch (service) {
            case "local" -> new LocalKeyService(new EncodedKeyset(keyset));
            case "vault" ->
                new VaultTransit(Binder.get(environment)
                        .bind("xiaoer.crypto.vault", VaultSettings.class)
                        .get());
            default -> throw new IllegalArgumentException("KEY_SERVICE must be local or vault");
        };
    }

    @Bean
    FieldKeys fieldKeys(KeyService service, JdbcClient jdbc, Environment environment, Clock clock, KeyMeters meters) {
        var settings = Binder.get(environment)
                .bind("xiaoer.crypto.rotation", KeySettings.class)
                .get();
        return new FieldKeys(new KeysetTable(jdbc, clock), service, settings, clock, meters);
    }

    @Bean
    FieldCipher fieldCipher(FieldKeys keys) {
        return new FieldCipher(keys);
    }

    @Bean
    Resealing resealing(List<SealedTable<?>> tables, FieldCipher cipher, JdbcClient jdbc, MeterRegistry registry) {
        return new Resealing(tables, cipher, jdbc, new ResealingMeters(registry));
    }

    @Bean
    FieldHash fieldHash(
            @Value("${xiaoer.crypto.field-hash-key}") String key,
            @Value("${xiaoer.crypto.field-hash-key-previous}") String previous) {
        return new FieldHash(key, previous);
    }
}
