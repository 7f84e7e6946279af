package io.xiaoer.demoshop;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Serves the page, and tells browsers to run nothing but its own script and to talk to nobody but the suite.
@Configuration
class PageConfiguration implements WebMvcConfigurer {

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/demo").setViewName("forward:/demo/index.html");
    }

    /// Security headers of every answer.
    @Component
    static class Headers extends OncePerRequestFilter {

        private final String policy;

        Headers(DemoShopProperties shop) {
            String http = shop.xiaoerUrl().toString();
            this.policy = "default-src 'self'; img-src 'self' https: data:; connect-src 'self' " + http + " "
                    + http.replaceFirst("^http", "ws") + "; frame-ancestors 'none'; base-uri 'none'";
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            response.setHeader("Content-Security-Policy", policy);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Referrer-Policy", "no-referrer");
            chain.doFilter(request, response);
        }
    }
}
