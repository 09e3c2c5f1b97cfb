<?php

class LetterTest {}
