package com.example.feed

import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.runApplication
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.RestController

@SpringBootApplication
class FeedApplication

@RestController
class Items {
    @GetMapping("/items")
    fun items() = listOf("one", "two")
}

fun main(arguments: Array<String>) {
    runApplication<FeedApplication>(*arguments)
}
