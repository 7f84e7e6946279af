package io.xiaoer.identity.access;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.xiaoer.identity.IdentityProperties;
import io.xiaoer.identity.client.ClientList;
import io.xiaoer.identity.client.Clients;
import io.xiaoer.identity.client.SecretHash;
import io.xiaoer.identity.limit.FailureLimit;
import io.xiaoer.identity.person.AgentLogin;
import io.xiaoer.identity.person.AgentScope;
import io.xiaoer.identity.person.Console;
import io.xiaoer.identity.person.LoginPage;
import io.xiaoer.identity.token.AccessTokenClaims;
import io.xiaoer.identity.token.AllScopes;
import io.xiaoer.identity.token.OpenCodes;
import io.xiaoer.identity.token.SigningKey;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.json.JsonMapper;

/// Wires the token and key addresses, closes every other address, and gives refusals their form.
@Configuration(proxyBeanMethods = false)
class AuthorizationServer {
    private static final String TOKEN = "/oauth2/token";
    private static final RequestMatcher ASK_TOKEN =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, TOKEN);
    private static final RequestMatcher READ_KEYS =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/oauth2/jwks");

    private static final RequestMatcher SIGNING_IN = new OrRequestMatcher(
            PathPatternRequestMatcher.withDefaults().matcher(LoginPage.PATH),
            PathPatternRequestMatcher.withDefaults().matcher("/logout"));
    private static final RequestMatcher PEOPLE =
            new OrRequestMatcher(PathPatternRequestMatcher.withDefaults().matcher("/oauth2/authorize"), SIGNING_IN);

    /// A browser asks before it sends a console's request.
    private static final RequestMatcher PREFLIGHT =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.OPTIONS, TOKEN);

    /// The same for an unknown client and a wrong secret.
    private static final OAuth2Error UNPROVEN = new OAuth2Error(
            OAuth2ErrorCodes.INVALID_CLIENT, "HTTP Basic with a known client and its secret is needed", null);

    @Bean
    SecretHash passwordEncoder() {
        return new SecretHash();
    }

    @Bean
    Console console(IdentityProperties properties) {
        return new Console(properties.consoleRedirects());
    }

    @Bean
    Clients clients(IdentityProperties properties, Console console, SecretHash hash) {
        List<RegisteredClient> others =
                console.redirects().isEmpty() ? List.of() : List.of(console.registered(properties.tokenTtl()));
        return new Clients(ClientList.parse(properties.clients()), others, hash, properties.tokenTtl());
    }

    @Bean
    OpenCodes authorizations(Clock clock) {
        return new OpenCodes(clock);
    }

    @Bean
    AccessTokenClaims accessTokenClaims(Clients clients) {
        return new AccessTokenClaims(clients);
    }

    @Bean
    FailureLimit failureLimit(Clock clock) {
        return new FailureLimit(clock);
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
    SecurityFilterChain tokens(HttpSecurity http, OAuthRefusals refusals, FailureLimit limit, Console console)
            throws Exception {
        return stateless(http.securityMatcher(new OrRequestMatcher(ASK_TOKEN, READ_KEYS, PREFLIGHT)))
                .with(
                        new OAuth2AuthorizationServerConfigurer(),
                        server -> server.clientAuthentication(client -> client.errorResponseHandler(refuse(refusals)))
                                .tokenEndpoint(token -> token.accessTokenRequestConverters(converters -> {
                                            converters.clear();
                                            converters.add(new AllScopes());
                                            converters.add(new OAuth2AuthorizationCodeAuthenticationConverter());
                                        })
                                        .errorResponseHandler(refuse(refusals))))
                .authorizeHttpRequests(rules -> rules.requestMatchers(READ_KEYS)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(refused -> refused.authenticationEntryPoint(
                        (request, response, e) -> refusals.write(response, HttpStatus.UNAUTHORIZED.value(), UNPROVEN)))
                .cors(cors -> cors.configurationSource(request -> fromConsole(console)))
                .addFilterAfter(new FailureFilter(limit, refusals), SecurityContextHolderFilter.class)
                .build();
    }

    /// Where people sign in. The only part with a session, and that begins when somebody has signed in: what is known
    /// before stands in cookies.
    @Bean
    @Order(2)
    SecurityFilterChain people(
            HttpSecurity http, Clients clients, SecretHash hash, FailureLimit limit, OAuthRefusals refusals)
            throws Exception {
        return http.securityMatcher(PEOPLE)
                .with(
                        new OAuth2AuthorizationServerConfigurer(),
                        server -> server.authorizationEndpoint(authorize -> authorize
                                .authorizationRequestConverters(converters -> {
                                    converters.clear();
                                    converters.add(new AgentScope());
                                })
                                .errorResponseHandler(sendBack(refusals))))
                .authenticationProvider(new AgentLogin(clients, hash, limit))
                .authorizeHttpRequests(rules -> rules.requestMatchers(SIGNING_IN)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(refused ->
                        refused.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint(LoginPage.PATH)))
                .requestCache(cache -> cache.requestCache(new CookieRequestCache()))
                .csrf(csrf -> csrf.csrfTokenRepository(new CookieCsrfTokenRepository()))
                .formLogin(form -> form.loginPage(LoginPage.PATH).failureHandler(AuthorizationServer::notSignedIn))
                .logout(logout -> logout.logoutRequestMatcher(
                                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/logout"))
                        .logoutSuccessUrl(LoginPage.PATH + "?out"))
                .headers(headers -> headers.frameOptions(frames -> frames.deny()))
                .build();
    }

    private static void notSignedIn(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws java.io.IOException {
        response.sendRedirect(LoginPage.PATH + (reason instanceof LockedException ? "?wait" : "?error"));
    }

    private static CorsConfiguration fromConsole(Console console) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(List.copyOf(console.origins()));
        cors.setAllowedMethods(List.of(HttpMethod.GET.name(), HttpMethod.POST.name()));
        cors.setAllowedHeaders(List.of(HttpHeaders.CONTENT_TYPE));
        return cors;
    }

    @Bean
    @Order(3)
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

    /// The console is told what was wrong. Where it is the address to go back to, or the client, nobody is sent
    /// there: then who set the console up reads it here.
    private static AuthenticationFailureHandler sendBack(OAuthRefusals refusals) {
        return (request, response, exception) -> {
            var refused = (OAuth2AuthorizationCodeRequestAuthenticationException) exception;
            var asked = refused.getAuthorizationCodeRequestAuthentication();
            var console = asked == null ? null : asked.getRedirectUri();
            if (asked == null || console == null) {
                refusals.write(response, HttpStatus.BAD_REQUEST.value(), refused.getError());
                return;
            }
            var back = UriComponentsBuilder.fromUriString(console)
                    .queryParam("error", refused.getError().getErrorCode())
                    .queryParamIfPresent(
                            "error_description",
                            Optional.ofNullable(refused.getError().getDescription())
                                    .map(told -> UriUtils.encode(told, StandardCharsets.UTF_8)))
                    .queryParamIfPresent(
                            "state",
                            Optional.ofNullable(asked.getState())
                                    .map(state -> UriUtils.encode(state, StandardCharsets.UTF_8)));
            response.sendRedirect(back.build(true).toUriString());
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
