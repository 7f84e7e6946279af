package io.xiaoer.identity.access;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.xiaoer.identity.IdentityProperties;
import io.xiaoer.identity.client.ClientList;
import io.xiaoer.identity.client.Clients;
import io.xiaoer.identity.client.SecretHash;
import io.xiaoer.identity.token.AccessTokenClaims;
import io.xiaoer.identity.token.AllScopes;
import io.xiaoer.identity.token.NothingRemembered;
import io.xiaoer.identity.token.SigningKey;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/// Wires the token and key addresses, closes every other address, and gives refusals their form.
@Configuration(proxyBeanMethods = false)
class AuthorizationServer {
    private static final String TOKEN = "/oauth2/token";
    private static final RequestMatcher ASK_TOKEN =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, TOKEN);
    private static final RequestMatcher READ_KEYS =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/oauth2/jwks");

    /// The same for an unknown client and a wrong secret.
    private static final OAuth2Error UNPROVEN = new OAuth2Error(
            OAuth2ErrorCodes.INVALID_CLIENT, "HTTP Basic with a known client and its secret is needed", null);

    @Bean
    SecretHash passwordEncoder() {
        return new SecretHash();
    }

    @Bean
    Clients clients(IdentityProperties properties, SecretHash hash) {
        return new Clients(ClientList.parse(properties.clients()), hash, properties.tokenTtl());
    }

    @Bean
    NothingRemembered authorizations() {
        return new NothingRemembered();
    }

    @Bean
    AccessTokenClaims accessTokenClaims() {
        return new AccessTokenClaims();
    }

    @Bean
    JWKSource<SecurityContext> keys(IdentityProperties properties) {
        return new ImmutableJWKSet<>(new JWKSet(SigningKey.parse(properties.signingKey())));
    }

    @Bean
    AuthorizationServerSettings settings(IdentityProperties properties) {
        return AuthorizationServerSettings.builder().issuer(properties.issuer()).build();
    }

    @Bean
    OAuthRefusals refusals(JsonMapper json) {
        return new OAuthRefusals(json);
    }

    @Bean
    @Order(1)
    SecurityFilterChain tokens(HttpSecurity http, OAuthRefusals refusals, Clock clock) throws Exception {
        var limit = new FailureLimit(clock);
        return stateless(http.securityMatcher(new OrRequestMatcher(ASK_TOKEN, READ_KEYS)))
                .with(
                        new OAuth2AuthorizationServerConfigurer(),
                        server -> server.clientAuthentication(client -> client.errorResponseHandler(refuse(refusals)))
                                .tokenEndpoint(token -> token.accessTokenRequestConverters(converters -> {
                                            converters.clear();
                                            converters.add(new AllScopes());
                                        })
                                        .errorResponseHandler(refuse(refusals))))
                .authorizeHttpRequests(rules -> rules.requestMatchers(READ_KEYS)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(refused -> refused.authenticationEntryPoint(
                        (request, response, e) -> refusals.write(response, HttpStatus.UNAUTHORIZED.value(), UNPROVEN)))
                .addFilterAfter(new FailureFilter(limit, refusals), SecurityContextHolderFilter.class)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain rest(HttpSecurity http) throws Exception {
        return stateless(http)
                .authorizeHttpRequests(rules -> rules.requestMatchers(EndpointRequest.toAnyEndpoint())
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/.well-known/*", "/error")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(refused -> refused.authenticationEntryPoint(AuthorizationServer::refuseAddress))
                .build();
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }

    private static AuthenticationFailureHandler refuse(OAuthRefusals refusals) {
        return (request, response, exception) -> {
            var error = exception instanceof OAuth2AuthenticationException oauth
                            && !OAuth2ErrorCodes.INVALID_CLIENT.equals(
                                    oauth.getError().getErrorCode())
                    ? oauth.getError()
                    : UNPROVEN;
            var status = OAuth2ErrorCodes.INVALID_CLIENT.equals(error.getErrorCode())
                    ? HttpStatus.UNAUTHORIZED
                    : HttpStatus.BAD_REQUEST;
            refusals.write(response, status.value(), error);
        };
    }

    private static void refuseAddress(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException denied) {
        if (TOKEN.equals(request.getRequestURI())) {
            response.setHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
