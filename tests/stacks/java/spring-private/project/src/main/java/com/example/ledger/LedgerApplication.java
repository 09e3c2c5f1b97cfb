package com.example.ledger;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class LedgerApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(LedgerApplication.class, arguments);
    }

    @GetMapping("/balance")
    String balance() {
        return "even";
    }
}
