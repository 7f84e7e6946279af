package io.xiaoer.common.rest;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.util.unit.DataSize;
import org.springframework.web.accept.FixedContentNegotiationStrategy;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.json.JsonMapper;

/// Import this into a service on servlets: bodies in the form of this package, JSON unless the caller asks for XML.
///
/// `xiaoer.rest.max-body` bounds what a `@RequestBody` reads (256 KB by default).
@Configuration(proxyBeanMethods = false)
public class RestConfiguration {

    @Bean
    JsonMapperBuilderCustomizer restJson() {
        return RestJson::configure;
    }

    @Bean
    JsonFactoryBuilderCustomizer restJsonDepth() {
        return builder -> builder.streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(RestJson.MAX_DEPTH)
                .build());
    }

    @Bean
    BodyLimitAdvice bodyLimit(@Value("${xiaoer.rest.max-body:256KB}") DataSize limit) {
        return new BodyLimitAdvice(limit);
    }

    @Bean
    AnswerAdvice answers() {
        return new AnswerAdvice();
    }

    @Bean
    WebMvcConfigurer restWeb(JsonMapper mapper) {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
                builder.withXmlConverter(new XmlHttpMessageConverter(mapper));
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new PlainBodies());
            }

            @Override
            public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
                configurer.strategies(
                        List.of(new WantedTypes(), new FixedContentNegotiationStrategy(MediaType.APPLICATION_JSON)));
            }
        };
    }
}
