package io.xiaoer.common.access;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ServletProblems;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Import this into a service on servlets and give it a bean of type [AccessRules]: a stateless resource server, with
/// problems for answers.
@Configuration(proxyBeanMethods = false)
@Import(TokenConfiguration.class)
public class AccessConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SecurityFilterChain access(HttpSecurity http, AccessRules rules, TokenVerifier verifier) throws Exception {
        var bearer = new BearerAuthentication(verifier);
        http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> bearer)
                        .bearerTokenResolver(tokensWhereAsked(rules))
                        .authenticationEntryPoint(bearer))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(bearer)
                        .accessDeniedHandler((request, response, denied) -> ServletProblems.write(
                                request, response, ProblemCode.FORBIDDEN, "The token does not allow this")))
                .authorizeHttpRequests(requests -> {
                    requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                            .permitAll();
                    // On a port of its own, which is not routed; what it shows is the exposure's choice.
                    requests.requestMatchers("/actuator/**").permitAll();
                    for (var rule : rules.rules()) {
                        var matched = requests.requestMatchers(matcher(rule));
                        if (rule.isOpen()) {
                            matched.permitAll();
                        } else {
                            matched.hasAnyRole(rule.scopes().toArray(String[]::new));
                        }
                    }
                    requests.anyRequest().denyAll();
                });
        return http.build();
    }

    /// A call is observed once, as a whole, and not again by each filter that it passes.
    @Bean
    SecurityObservationSettings noObservationOfFilters() {
        return SecurityObservationSettings.noObservations();
    }

    /// Ids in paths may carry any printable character; what the rules see is what the controllers see.
    @Bean
    HttpFirewall idsInPaths() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowSemicolon(true);
        firewall.setAllowBackSlash(true);
        // An id that holds these as they are written is decoded once, and no further.
        firewall.getDecodedUrlBlocklist().removeAll(List.of("%00", "%0a", "%0A", "%0d", "%0D"));
        return firewall;
    }

    /// Says what is wrong with a call that the firewall refuses, whose own message may hold what was sent.
    @Bean
    RequestRejectedHandler refusals() {
        return (request, response, refused) -> ServletProblems.write(
                request,
                response,
                ProblemCode.INVALID_REQUEST,
                "The method is unknown, or the address or a header holds what it may not hold; headers take ASCII");
    }

    @Bean
    WebMvcConfigurer callers() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }

    private static BearerTokenResolver tokensWhereAsked(AccessRules rules) {
        var resolver = new DefaultBearerTokenResolver();
        var decisions = rules.rules().stream()
                .map(rule -> new Decision(matcher(rule), rule.isOpen()))
                .toList();
        return request -> isOpen(decisions, request) ? null : resolver.resolve(request);
    }

    private static boolean isOpen(List<Decision> decisions, HttpServletRequest request) {
        for (var decision : decisions) {
            if (decision.matcher.matches(request)) {
                return decision.open;
            }
        }
        return false;
    }

    private static RequestMatcher matcher(AccessRules.Rule rule) {
        var patterns = PathPatternRequestMatcher.withDefaults();
        return rule.method() == null
                ? patterns.matcher(rule.pattern())
                : patterns.matcher(rule.method(), rule.pattern());
    }

    /// A rule ready to be asked.
    private record Decision(RequestMatcher matcher, boolean open) {}
}
